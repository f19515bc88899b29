import { z } from 'zod'
import { upstreamError } from '../../core/errors.ts'
import type { Alertmanager } from '../../ports.ts'
import { createJsonClient } from './json-client.ts'

export interface AlertmanagerOptions {
  /** With a password and a path, if need be; null: there is none. */
  url: string | null
  /** For every call. */
  timeoutMs?: number
}

const labels = z.record(z.string(), z.string())
const alertsReply = z.array(z.object({ labels, status: z.object({ silencedBy: z.array(z.string()) }) }))
const silenceReply = z.object({ endsAt: z.iso.datetime({ offset: true }) })

/** Alertmanager's API v2 (`api/v2/openapi.yaml` of its repository) as the port wants it. */
export function connectAlertmanager({ url, timeoutMs = 2_000 }: AlertmanagerOptions): Alertmanager {
  if (url === null) return notConfigured()
  const client = createJsonClient({ url, timeoutMs })
  return {
    isConfigured: true,
    async alerts(alertName) {
      const query = { active: 'true', silenced: 'true', inhibited: 'true', filter: `alertname=${quoted(alertName)}` }
      const alerts = await client.get('api/v2/alerts', query, alertsReply)
      // Nothing there that answers so: no Alertmanager, or one below another path.
      if (alerts === null) throw upstreamError('alertmanager', 'api/v2/alerts: 404')
      return alerts.map((alert) => ({ labels: alert.labels, silencedBy: alert.status.silencedBy }))
    },
    async silenceEndsAt(id) {
      const silence = await client.get(`api/v2/silence/${encodeURIComponent(id)}`, {}, silenceReply)
      return silence && Date.parse(silence.endsAt)
    },
  }
}

/** A matcher's value: quotes, backslashes and line ends escaped. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}

function notConfigured(): Alertmanager {
  const refuse = () => Promise.reject(upstreamError('alertmanager', 'no address is configured'))
  return { isConfigured: false, alerts: refuse, silenceEndsAt: refuse }
}
