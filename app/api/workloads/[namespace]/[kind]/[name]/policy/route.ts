import { getWorkloadPolicy, putWorkloadPolicy } from '../../../../../../../lib/contracts/policy.ts'
import { readPolicy } from '../../../../../../../lib/engine/read-policy.ts'
import { savePolicy } from '../../../../../../../lib/engine/save-policy.ts'
import { defineRoute } from '../../../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../../../lib/server/refusals.ts'

export const GET = defineRoute(getWorkloadPolicy, ({ deps, params }) => readPolicy(deps, { workload: params }))

export const PUT = defineRoute(putWorkloadPolicy, ({ deps, params, body, caller }) =>
  savePolicy(deps, { ...body, scope: { level: 'workload', workload: params }, caller }),
)

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods(GET, PUT)
