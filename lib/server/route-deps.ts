import type { Accounts, Changes, Credentials, Deps, Exposition, Queue } from '../ports.ts'
import type { Env } from './env.ts'
import type { WorkerStatus } from './worker.ts'

/** What a route works with. */
export interface RouteDeps extends Deps {
  accounts: Accounts
  credentials: Credentials
  changes: Changes
  queue: Pick<Queue, 'depth'>
  env: Env
  registry: Exposition
  worker(): WorkerStatus
  /** Evaluates episodes at once in this process. */
  kick(episodeIds: readonly string[]): void
  /** Aborted when the server stops: open streams end, else Next waits for them. */
  shutdown: AbortSignal
}

/** Instrumentation and route handlers have module instances of their own; `globalThis` is what they share. */
const KEY = Symbol.for('snapback.deps')

/** Called once by the composition root, before the first request. */
export function publishRouteDeps(deps: RouteDeps): void {
  Reflect.set(globalThis, KEY, deps)
}

/** @throws Error when the application was not started (a route called outside of a server) */
export function routeDeps(): RouteDeps {
  const deps: RouteDeps | undefined = Reflect.get(globalThis, KEY)
  if (deps === undefined) throw new Error('the application was not started: instrumentation.ts starts it')
  return deps
}
