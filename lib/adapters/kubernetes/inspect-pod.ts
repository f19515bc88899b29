import { EVIDENCE_LIMITS, type PodEvent, type PodInspection, type PodLog, type Unseen } from '../../core/evidence.ts'
import { type JsonObject, objectAt } from '../../core/json.ts'
import { redactLines } from '../../core/redact-text.ts'
import { type ApiClient, statusOf } from './api-client.ts'
import { collection, object } from './paths.ts'
import { instant, numberAt, objectsAt, textAt } from './project.ts'

/** Each question; a kubelet that does not answer must not hold the others up. */
const CALL_MS = 1_500
/** Twenty long lines are more than this: the server cuts them. */
const LOG_BYTES = 16_384

/** Events and last log lines of a pod. What our rights do not reach, or nobody answers, says so and is no error. */
export async function inspectPod(api: ApiClient, namespace: string, name: string): Promise<PodInspection> {
  const [events, logs] = await Promise.all([seen(readEvents(api, namespace, name)), seen(readLogs(api, namespace, name))])
  return { events, logs }
}

async function seen<T>(asked: Promise<T | Unseen>): Promise<T | Unseen> {
  try {
    return await asked
  } catch (error) {
    return statusOf(error) === 403 ? 'not_allowed' : 'silent'
  }
}

async function readEvents(api: ApiClient, namespace: string, pod: string): Promise<PodEvent[]> {
  const query = { fieldSelector: `involvedObject.kind=Pod,involvedObject.name=${pod}` }
  const found = await api.read({ verb: 'list', ...collection('events', namespace), query, timeoutMs: CALL_MS })
  return objectsAt(found ?? {}, 'items')
    .map(toEvent)
    .sort((a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0))
    .slice(0, EVIDENCE_LIMITS.events)
}

/** Older servers count in `count`, newer reporters in `series`; a single one has `eventTime` alone. */
function toEvent(raw: JsonObject): PodEvent {
  const series = objectAt(raw, 'series')
  const times = [series['lastObservedTime'], raw['lastTimestamp'], raw['eventTime'], objectAt(raw, 'metadata')['creationTimestamp']]
  const [message = ''] = redactLines([textAt(raw, 'message').replaceAll(/\s+/g, ' ')])
  return {
    type: textAt(raw, 'type') || 'Normal',
    reason: textAt(raw, 'reason'),
    message: storable(message),
    count: numberAt(series, 'count') ?? numberAt(raw, 'count') ?? 1,
    lastSeenAt: times.map(instant).find((at) => at !== null) ?? null,
  }
}

async function readLogs(api: ApiClient, namespace: string, name: string): Promise<PodLog | Unseen> {
  const pod = await api.read({ verb: 'get', ...object('pods', namespace, name), timeoutMs: CALL_MS })
  const choice = pod && chooseContainer(pod)
  if (choice === null) return 'not_started'
  const lines = await readLines(api, { namespace, name, ...choice })
  return { ...choice, lines }
}

interface Choice {
  container: string
  previous: boolean
}

/** The container in trouble; of one that crashed and was started again, the run before. Null: none has run yet. */
export function chooseContainer(pod: JsonObject): Choice | null {
  const status = objectAt(pod, 'status')
  const statuses = [...objectsAt(status, 'containerStatuses'), ...objectsAt(status, 'initContainerStatuses')]
  const ran = statuses.filter((one) => hasRun(objectAt(one, 'state')) || hasRun(objectAt(one, 'lastState')))
  const chosen = ran.find(hasCrashed) ?? ran.find((one) => one['ready'] !== true && !hasCompleted(one)) ?? ran[0]
  if (chosen === undefined) return null
  return { container: textAt(chosen, 'name'), previous: hasCrashed(chosen) && !('terminated' in objectAt(chosen, 'state')) }
}

function hasRun(state: JsonObject): boolean {
  return 'running' in state || 'terminated' in state
}

function hasCrashed(container: JsonObject): boolean {
  return 'terminated' in objectAt(container, 'lastState')
}

function hasCompleted(container: JsonObject): boolean {
  return textAt(objectAt(objectAt(container, 'state'), 'terminated'), 'reason') === 'Completed'
}

async function readLines(api: ApiClient, where: Choice & { namespace: string; name: string }): Promise<string[]> {
  const at = object('pods', where.namespace, where.name)
  const query: Record<string, string> = {
    container: where.container,
    tailLines: String(EVIDENCE_LIMITS.lines),
    limitBytes: String(LOG_BYTES),
    ...(where.previous && { previous: 'true' }),
  }
  const call = { verb: 'get', resource: `log of ${at.resource}`, path: `${at.path}/log`, query } as const
  const { chunks } = await api.stream(call, { idleMs: CALL_MS, signal: AbortSignal.timeout(CALL_MS) })
  let text = ''
  for await (const chunk of chunks) {
    text += chunk
    if (text.length > LOG_BYTES) break
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return redactLines(lines.slice(-EVIDENCE_LIMITS.lines)).map(storable)
}

/**
 * Cut, after its secrets are masked: half an address shows no secret that a pattern knows. Postgres stores no NUL character and no half of
 * a surrogate pair: one of them would cost the whole look.
 */
function storable(line: string): string {
  return line.slice(0, EVIDENCE_LIMITS.lineChars).toWellFormed().replaceAll('\0', '\uFFFD')
}
