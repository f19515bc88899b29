import { postJudgement } from '../../../../../lib/contracts/judge-decision.ts'
import { judgeDecision } from '../../../../../lib/engine/judge-decision.ts'
import { defineRoute } from '../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../lib/server/refusals.ts'

export const POST = defineRoute(postJudgement, ({ deps, params, body, caller }) => judgeDecision(deps, { ...params, ...body, caller }))

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST)
