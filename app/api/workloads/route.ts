import { listWorkloads } from '../../../lib/contracts/workload.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'

export const GET = defineRoute(listWorkloads, ({ deps, query }) => deps.read.workloads(query, query))
