import { postDelivery } from './alertmanager.ts'
import { listAudit } from './audit.ts'
import { getBreaker, postBreaker } from './breaker.ts'
import { getCondemned, postCondemned } from './condemned.ts'
import { getControl, postControl } from './control.ts'
import { getDecision, listDecisions } from './decision.ts'
import { getLive, getReady } from './health.ts'
import { getIncident, listIncidents } from './incident.ts'
import { postJudgement } from './judge-decision.ts'
import { getMetrics } from './metrics.ts'
import { getOpenapi } from './openapi-file.ts'
import type { Operation } from './operation.ts'
import { getWorkloadPolicy, listPolicies, putPolicy, putWorkloadPolicy } from './policy.ts'
import { getPreflight } from './preflight.ts'
import { getReplay, postReplay, postReplayRange } from './replay.ts'
import { getRollback, listRollbacks, postAbort, postApprove, postDecline, postRollback } from './rollback.ts'
import { getIncidentSignal } from './signal.ts'
import { getStream } from './stream.ts'
import { deleteToken, listTokens, postToken } from './token.ts'
import { listUsers, patchUser, postUser } from './user.ts'
import { getWorkload, listWorkloads } from './workload.ts'
import { getRevisionDiff, getRevisions } from './workload-revisions.ts'

/** Every operation there is; a test holds it against the routes, both ways. Its order is that of the OpenAPI file. */
export const API: readonly Operation[] = [
  postDelivery,
  listIncidents,
  getIncident,
  getIncidentSignal,
  listDecisions,
  getDecision,
  getReplay,
  postReplay,
  postJudgement,
  postReplayRange,
  listRollbacks,
  getRollback,
  postRollback,
  postApprove,
  postDecline,
  postAbort,
  listWorkloads,
  getWorkload,
  getRevisions,
  getRevisionDiff,
  getPreflight,
  getCondemned,
  postCondemned,
  getWorkloadPolicy,
  putWorkloadPolicy,
  listPolicies,
  putPolicy,
  getControl,
  postControl,
  getBreaker,
  postBreaker,
  listAudit,
  listUsers,
  postUser,
  patchUser,
  listTokens,
  postToken,
  deleteToken,
  getStream,
  getLive,
  getReady,
  getMetrics,
  getOpenapi,
]
