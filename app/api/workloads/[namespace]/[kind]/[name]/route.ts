import { getWorkload } from '../../../../../../lib/contracts/workload.ts'
import { readWorkload } from '../../../../../../lib/engine/read-workload.ts'
import { defineRoute } from '../../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../../lib/server/refusals.ts'

export const GET = defineRoute(getWorkload, ({ deps, params }) => readWorkload(deps, { workload: params }))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
