import { getWorkload } from '../../../../../../lib/contracts/workload.ts'
import { readWorkload } from '../../../../../../lib/engine/read-workload.ts'
import { defineRoute } from '../../../../../../lib/server/define-route.ts'

export const GET = defineRoute(getWorkload, ({ deps, params }) => readWorkload(deps, { workload: params }))
