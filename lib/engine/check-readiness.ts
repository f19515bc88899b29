import { SnapbackError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import type { Deps } from '../ports.ts'
import { within } from './within.ts'

const ANSWERS_WITHIN_MS = 2_000
/** The sweep comes every second; this long without one, nothing is worked off. */
const SWEEP_MISSING_MS = 15_000

interface Part {
  name: 'database' | 'worker' | 'kubernetes' | 'prometheus'
  status: 'up' | 'down' | 'not_configured'
  detail: string | null
}

interface Readiness {
  status: 'up' | 'down'
  parts: Part[]
}

type Asked = Pick<Deps, 'store' | 'cluster' | 'metrics' | 'now'> & {
  worker(): { isReady: boolean; lastSweepAt: Instant | null; waitingFor: string | null }
}

/**
 * Asks every part at once. Down as a whole is only who cannot work at all: without Kubernetes or Prometheus
 * deliveries are still stored, and a restart would not mend those.
 */
export async function checkReadiness(deps: Asked): Promise<Readiness> {
  const [database, kubernetes, prometheus] = await Promise.all([
    ask('database', () => deps.store.ping()),
    ask('kubernetes', () => askCluster(deps)),
    deps.metrics.isConfigured ? ask('prometheus', () => deps.metrics.ping()) : notConfigured('prometheus'),
  ])
  const worker = workerPart(deps)
  const isUp = database.status === 'up' && worker.status === 'up'
  return { status: isUp ? 'up' : 'down', parts: [database, worker, kubernetes, prometheus] }
}

async function ask(name: Part['name'], question: () => Promise<void>): Promise<Part> {
  try {
    await within(ANSWERS_WITHIN_MS, question())
    return { name, status: 'up', detail: null }
  } catch (error) {
    // Only our own errors are written to be read by anybody.
    return { name, status: 'down', detail: error instanceof SnapbackError ? error.message : 'does not work' }
  }
}

async function askCluster({ cluster }: Asked): Promise<void> {
  await cluster.ping()
  if (!cluster.isSynced()) throw new SnapbackError('upstream_unavailable', cluster.trouble() ?? 'kubernetes: not read yet')
}

function workerPart({ worker, now }: Asked): Part {
  const { isReady, lastSweepAt, waitingFor } = worker()
  if (!isReady) return { name: 'worker', status: 'down', detail: `waits for: ${waitingFor ?? 'its start'}` }
  const isSweeping = lastSweepAt === null || now() - lastSweepAt < SWEEP_MISSING_MS
  return isSweeping
    ? { name: 'worker', status: 'up', detail: null }
    : { name: 'worker', status: 'down', detail: 'its sweep does not come through' }
}

function notConfigured(name: Part['name']): Part {
  return { name, status: 'not_configured', detail: null }
}
