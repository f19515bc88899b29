import { connectAlertmanager } from '../adapters/alertmanager/connect.ts'
import { connectKubernetes } from '../adapters/kubernetes/connect.ts'
import { connectPostgres } from '../adapters/postgres/connect.ts'
import { migrate } from '../adapters/postgres/migrate.ts'
import { createMeter } from '../adapters/prom-client/meter.ts'
import { connectPrometheus } from '../adapters/prometheus/connect.ts'
import { applyConfiguration } from '../engine/apply-configuration.ts'
import { createLooks } from '../engine/looks.ts'
import type { Deps } from '../ports.ts'
import { credentials } from './credentials.ts'
import { type Env, readEnv } from './env.ts'
import { ensureFirstAdmin } from './first-admin.ts'
import { killPoint } from './kill-point.ts'
import { createLog } from './log.ts'
import { publishRouteDeps, type RouteDeps } from './route-deps.ts'
import { shareAlerts } from './shared-alerts.ts'
import { startWorker, type Worker } from './worker.ts'

/** The process as a whole: what routes work with, and the engine's loop. */
export interface Application {
  worker: Worker
  stop(): Promise<void>
}

/** The only place that picks adapters. Connects to nothing: the server starts with every system down. */
export function startApplication(env: Env = readEnv()): Application {
  const log = createLog(env.logLevel)
  const now = Date.now
  const postgres = connectPostgres(env.databaseUrl, log)
  const meter = createMeter(env.metricsPrefix)
  const deps: Deps = {
    cluster: connectKubernetes({ kubeconfig: env.kubeconfig, namespaces: env.namespaces, log, now }),
    metrics: shareAlerts(connectPrometheus({ url: env.prometheusUrl, log, now }), now),
    alertmanager: connectAlertmanager({ url: env.alertmanagerUrl }),
    store: postgres.store,
    read: postgres.read,
    meter,
    looks: createLooks(),
    log,
    now,
    reached: killPoint(env.testKill),
  }
  const worker = startWorker({
    deps,
    queue: postgres.queue,
    works: env.engine === 'in-process',
    prepare: [
      { name: 'migrations', run: () => migrate(env.databaseUrl) },
      { name: 'configuration', run: () => applyConfiguration(deps, { dryRun: env.dryRun, enabled: env.autoRollbackEnabled }) },
      {
        name: 'first admin',
        run: () => ensureFirstAdmin({ accounts: postgres.accounts, env, log, now, print: (text) => process.stdout.write(text) }),
      },
    ],
  })
  const shutdown = new AbortController()
  const routeDeps: RouteDeps = {
    ...deps,
    accounts: postgres.accounts,
    credentials,
    changes: postgres.changes,
    queue: postgres.queue,
    env,
    registry: meter.registry,
    worker: worker.status,
    kick: worker.kick,
    shutdown: shutdown.signal,
  }
  publishRouteDeps(routeDeps)
  return {
    worker,
    async stop() {
      shutdown.abort()
      await worker.stop()
      await postgres.close()
      log.info('stopped')
    },
  }
}
