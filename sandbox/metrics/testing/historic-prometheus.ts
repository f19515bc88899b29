import { type BreakableServer, startServer } from '../../panel/breakable-server.ts'
import { parseExposition } from '../exposition.ts'
import { SandboxPrometheus } from '../prometheus.ts'
import { answerPrometheus } from '../prometheus-api.ts'

/** The sandbox's Prometheus over HTTP, with scrapes of the past in the OpenMetrics format and nothing else. */
export function startHistoric(history: string): Promise<BreakableServer> {
  const prometheus = new SandboxPrometheus({ targets: [], rules: '', url: 'http://localhost', send: async () => {} })
  for (const { labels, at, value } of parseExposition(history)) prometheus.store.append(labels, at ?? Date.now(), value)
  return startServer((call) => answerPrometheus(prometheus, call, Date.now()), 0)
}
