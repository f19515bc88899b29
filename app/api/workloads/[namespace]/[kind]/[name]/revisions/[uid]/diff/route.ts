import { getRevisionDiff } from '../../../../../../../../../lib/contracts/workload-revisions.ts'
import { diffRevisions } from '../../../../../../../../../lib/engine/diff-revisions.ts'
import { defineRoute } from '../../../../../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../../../../../lib/server/refusals.ts'

export const GET = defineRoute(getRevisionDiff, ({ deps, params: { uid, ...workload }, query }) =>
  diffRevisions(deps, { workload, fromUid: uid, toUid: query.to }),
)

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
