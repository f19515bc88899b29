import { listPolicies, putPolicy } from '../../../lib/contracts/policy.ts'
import { readPolicies } from '../../../lib/engine/read-policies.ts'
import { savePolicy } from '../../../lib/engine/save-policy.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const GET = defineRoute(listPolicies, ({ deps }) => readPolicies(deps))

export const PUT = defineRoute(putPolicy, ({ deps, body, caller }) => savePolicy(deps, { ...body, caller }))

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods(GET, PUT)
