import type { Clock } from '../clock.ts'
import { type BreakableServer, startServer } from '../panel/breakable-server.ts'
import { type AlertmanagerOptions, SandboxAlertmanager } from './alertmanager.ts'
import { answerAlertmanager } from './alertmanager-api.ts'
import { readRouting } from './routing.ts'

export interface AlertmanagerSetup extends Pick<AlertmanagerOptions, 'onDelivery'> {
  port: number
  clock: Clock
  /** An Alertmanager file, as YAML. */
  configuration: string
}

const TICK_MS = 100

/** The sandbox's Alertmanager on its port. While it is broken it tells nobody anything, like one that is down. */
export async function runAlertmanager({ port, clock, configuration, ...options }: AlertmanagerSetup): Promise<BreakableServer> {
  const routing = readRouting(configuration)
  const server = await startServer((call) => answerAlertmanager(alertmanager, call, clock.now()), port)
  const alertmanager = new SandboxAlertmanager({ ...options, routing, clock, url: server.url })
  let cancel = () => {}
  const turn = () => {
    if (server.broken === null) void alertmanager.tick()
    cancel = clock.after(TICK_MS, turn)
  }
  turn()
  const { stop } = server
  return Object.assign(server, {
    async stop() {
      cancel()
      await stop()
    },
  })
}
