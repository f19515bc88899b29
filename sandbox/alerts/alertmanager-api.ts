import type { Labels } from '../../lib/core/alert.ts'
import type { Instant } from '../../lib/core/json.ts'
import { type Call, jsonReply, type Reply, textReply } from '../panel/breakable-server.ts'
import type { SandboxAlertmanager } from './alertmanager.ts'
import { fingerprintOf } from './fingerprint.ts'
import { type AlertMatcher, matchesAll, parseMatcher } from './matcher.ts'
import type { HeldAlert } from './payload.ts'
import { routesFor } from './routing.ts'
import type { Silence } from './silences.ts'

/** An alert without an end is over after so long without news. */
const RESOLVE_TIMEOUT_MS = 5 * 60_000

interface WrittenAlert {
  labels: Labels
  annotations?: Labels
  startsAt?: string
  endsAt?: string
  generatorURL?: string
}
interface WrittenSilence {
  id?: string
  matchers: (Omit<AlertMatcher, 'isEqual'> & { isEqual?: boolean })[]
  startsAt: string
  endsAt: string
  createdBy: string
  comment: string
}

/** Alertmanager's HTTP API version 2, as far as it is asked here; the rest is 404. */
export function answerAlertmanager(alertmanager: SandboxAlertmanager, call: Call, now: Instant): Reply {
  const { method, path } = call
  const [, silenceId] = /^\/api\/v2\/silence\/([^/]+)$/.exec(path) ?? []
  if (silenceId !== undefined) return answerSilence(alertmanager, { method, id: silenceId, now })
  switch (`${method} ${path}`) {
    case 'GET /-/ready':
    case 'GET /-/healthy':
      return textReply(200, 'OK')
    case 'GET /api/v2/status':
      return jsonReply(200, { cluster: { status: 'disabled' }, versionInfo: { version: 'sandbox' }, config: { original: '' } })
    case 'GET /api/v2/alerts':
      return jsonReply(200, showAlerts(alertmanager, call.parameters, now))
    case 'POST /api/v2/alerts':
      return receive(alertmanager, call.text, now)
    case 'GET /api/v2/silences':
      return jsonReply(
        200,
        alertmanager.silences.all().map((one) => showSilence(one, now)),
      )
    case 'POST /api/v2/silences':
      return silence(alertmanager, call.text, now)
    default:
      return textReply(404, '404 page not found\n')
  }
}

function receive(alertmanager: SandboxAlertmanager, text: string, now: Instant): Reply {
  const written = parseJson(text) as WrittenAlert[] | null
  if (!Array.isArray(written)) return jsonReply(400, { code: 601, message: 'parsing alerts body from "" failed' })
  const alerts = written.map((one) => toAlert(one, now))
  if (alerts.some(({ labels }) => Object.keys(labels).length === 0)) return jsonReply(400, 'at least one label pair required')
  // Answered before anybody was told, as Alertmanager does.
  void alertmanager.receive(alerts)
  return { status: 200, body: '', contentType: 'application/json' }
}

function toAlert({ labels = {}, annotations = {}, startsAt, endsAt, generatorURL = '' }: WrittenAlert, now: Instant): HeldAlert {
  const named = instant(endsAt)
  const isEndMadeUp = named === null
  const end = named ?? now + RESOLVE_TIMEOUT_MS
  // Who names an end alone has it begin there (prometheus/alertmanager api/v2 postAlerts).
  const start = instant(startsAt) ?? named ?? now
  return { labels: withoutEmpty(labels), annotations, startsAt: start, endsAt: end, isEndMadeUp, generatorURL, updatedAt: now }
}

/** A label without a value is no label. */
function withoutEmpty(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''))
}

/** Null: it is not there, or Go's zero time. */
function instant(text: string | undefined): Instant | null {
  const at = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(at) || at < 0 ? null : at
}

function showAlerts(alertmanager: SandboxAlertmanager, parameters: URLSearchParams, now: Instant): object[] {
  const { routing, silences } = alertmanager
  const filters = parameters.getAll('filter').map(parseMatcher)
  const wanted = (state: string) => parameters.get(state === 'active' ? 'active' : 'silenced') !== 'false'
  return alertmanager.alerts().flatMap((alert) => {
    if (alert.endsAt <= now || !matchesAll(filters, alert.labels)) return []
    const silencedBy = silences.of(alert.labels, now)
    const state = silencedBy.length > 0 ? 'suppressed' : 'active'
    if (!wanted(state)) return []
    return [
      {
        annotations: alert.annotations,
        endsAt: iso(alert.endsAt),
        fingerprint: fingerprintOf(alert.labels),
        receivers: [...new Set(routesFor(routing.root, alert.labels).map(({ receiver }) => receiver))].map((name) => ({ name })),
        startsAt: iso(alert.startsAt),
        status: { inhibitedBy: [], silencedBy, state },
        updatedAt: iso(alert.updatedAt),
        generatorURL: alert.generatorURL,
        labels: alert.labels,
      },
    ]
  })
}

function silence({ silences }: SandboxAlertmanager, text: string, now: Instant): Reply {
  const written = parseJson(text) as WrittenSilence | null
  const [startsAt, endsAt] = [instant(written?.startsAt), instant(written?.endsAt)]
  if (!written || !Array.isArray(written.matchers) || written.matchers.length === 0)
    return jsonReply(400, 'invalid silence: at least one matcher required')
  if (startsAt === null || endsAt === null || endsAt <= startsAt)
    return jsonReply(400, 'invalid silence: end time must be after start time')
  const matchers = written.matchers.map((one) => ({ ...one, isEqual: one.isEqual ?? true }))
  const { createdBy = '', comment = '', id } = written
  return jsonReply(200, { silenceID: silences.set({ matchers, startsAt, endsAt, createdBy, comment, updatedAt: now }, id || undefined) })
}

function answerSilence({ silences }: SandboxAlertmanager, { method, id, now }: { method: string; id: string; now: Instant }): Reply {
  const found = silences.all().find((one) => one.id === id)
  if (!found) return jsonReply(404, 'silence not found')
  if (method === 'GET') return jsonReply(200, showSilence(found, now))
  if (method !== 'DELETE') return textReply(405, '')
  silences.expire(id, now)
  return textReply(200, '')
}

function showSilence({ id, matchers, startsAt, endsAt, createdBy, comment, updatedAt }: Silence, now: Instant): object {
  const times = { startsAt: iso(startsAt), endsAt: iso(endsAt), updatedAt: iso(updatedAt) }
  return { id, status: { state: stateOf(startsAt, endsAt, now) }, ...times, comment, createdBy, matchers }
}

function stateOf(startsAt: Instant, endsAt: Instant, now: Instant): string {
  if (endsAt <= now) return 'expired'
  return startsAt > now ? 'pending' : 'active'
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
