import { getRevisions } from '../../../../../../../lib/contracts/workload-revisions.ts'
import { readRevisions } from '../../../../../../../lib/engine/read-revisions.ts'
import { defineRoute } from '../../../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../../../lib/server/refusals.ts'

export const GET = defineRoute(getRevisions, ({ deps, params }) => readRevisions(deps, { workload: params }))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
