import { listWorkloads } from '../../../lib/contracts/workload.ts'
import { readWorkloads } from '../../../lib/engine/read-workloads.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const GET = defineRoute(listWorkloads, ({ deps, query }) => readWorkloads(deps, query, query))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
