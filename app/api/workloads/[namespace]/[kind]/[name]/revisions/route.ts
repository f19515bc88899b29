import { getRevisions } from '../../../../../../../lib/contracts/workload-revisions.ts'
import { readRevisions } from '../../../../../../../lib/engine/read-revisions.ts'
import { defineRoute } from '../../../../../../../lib/server/define-route.ts'

export const GET = defineRoute(getRevisions, ({ deps, params }) => readRevisions(deps, { workload: params }))
