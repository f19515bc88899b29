import type { Changes, ReadModel } from '../ports.ts'
import { sealSession, sessionCookieName } from '../server/auth-session.ts'
import { type Env, parseEnv } from '../server/env.ts'
import { publishRouteDeps, type RouteDeps } from '../server/route-deps.ts'
import { EngineWorld } from './engine-world.ts'
import { FakeAccounts } from './fake-accounts.ts'
import { recordLog } from './record-log.ts'

export const TEST_ENV: Env = parseEnv({
  DATABASE_URL: 'postgresql://localhost/none',
  NEXTAUTH_SECRET: 'a secret of the tests, long enough to be one',
  WEBHOOK_TOKEN: 'test-webhook-token',
})

/** What routes work with, on fakes, published as the composition root does. */
export class RouteWorld {
  readonly engine = new EngineWorld()
  readonly accounts = new FakeAccounts()
  readonly log = recordLog()
  readonly deliveries: number[] = []
  readonly kicked: string[] = []
  readonly shutdown = new AbortController()
  readonly listeners = new Set<Parameters<Changes['subscribe']>[0]>()
  readonly deps: RouteDeps

  constructor({ env = TEST_ENV, read = {} }: { env?: Env; read?: Partial<ReadModel> } = {}) {
    const { deps } = this.engine
    this.deps = {
      ...deps,
      read: { ...unanswered(deps.read), ...read },
      meter: { ...deps.meter, delivery: (code) => this.deliveries.push(code) },
      log: this.log,
      accounts: this.accounts,
      credentials: {
        hashPassword: async (password) => `hashed ${password}`,
        newToken: () => ({ token: 'snap_new', hash: 'hash of snap_new' }),
      },
      changes: { subscribe: (listener) => this.#subscribe(listener) },
      queue: { depth: async () => [] },
      env,
      registry: { contentType: 'text/plain', text: async () => 'counted\n' },
      worker: () => ({ isReady: true, lastSweepAt: deps.now(), waitingFor: null }),
      kick: (ids) => void this.kicked.push(...ids),
      shutdown: this.shutdown.signal,
    }
    publishRouteDeps(this.deps)
  }

  /** A browser that is signed in, on a page of ours. */
  async cookieOf(userId: string): Promise<Record<string, string>> {
    const { env } = this.deps
    return { cookie: `${sessionCookieName(env)}=${await sealSession(userId, env)}`, origin: env.publicUrl }
  }

  #subscribe(listener: Parameters<Changes['subscribe']>[0]): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

/** A spread of a proxy is empty: name the questions, so that one that a test does not answer fails as it should. */
function unanswered(read: ReadModel): ReadModel {
  const ask = (): never => read.control() as never
  return {
    incidents: ask,
    incident: ask,
    decisions: ask,
    decision: ask,
    decided: ask,
    rollbacks: ask,
    rollback: ask,
    workloads: ask,
    namespaces: ask,
    workload: ask,
    revisions: ask,
    audit: ask,
    control: ask,
    breakerClosing: ask,
    spentSince: ask,
    condemnations: ask,
    policies: ask,
    heartbeats: ask,
    oldestDueAt: ask,
  }
}
