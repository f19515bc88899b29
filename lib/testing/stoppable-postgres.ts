import { spawn } from 'node:child_process'
import { chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accountFor } from '../../scripts/postgres-account.mjs'
import { initialise, start, stop, urlOf } from '../../scripts/postgres-server.mjs'
import { freePort } from './free-port.ts'

/** A server of its own, that a test may take away and bring back. */
export interface StoppablePostgres {
  /** Of the server's own database. */
  url: string
  start(): Promise<void>
  stop(): Promise<void>
  /** Ends it and leaves nothing behind. */
  remove(): Promise<void>
}

/** Made, not started. Nothing in it outlives the run: durability would only cost time. */
export async function stoppablePostgres(settings: readonly string[] = []): Promise<StoppablePostgres> {
  const password = 'outage-s3cret'
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'snapback-test-postgres-')))
  const directory = join(folder, 'data')
  const account = accountFor(directory)
  // As root the server runs as another user, who has to get in.
  if (account !== null) chownSync(folder, account.uid, account.gid)
  const server = { directory, password, account, log: join(folder, 'log'), settings: ['fsync=off', ...settings] }
  const port = await freePort()
  const dismiss = leaveNothingBehind(folder)
  await initialise(server)
  return {
    url: urlOf({ password, port }, 'postgres'),
    start: () => start(server, port),
    stop: () => stop(server),
    async remove() {
      await stop(server)
      rmSync(folder, { recursive: true, force: true })
      dismiss()
    },
  }
}

/** A run that is killed cannot clean up. What it held open then closes, and this process, which outlives it, does. */
function leaveNothingBehind(folder: string): () => void {
  const script = 'cat; test -s "$0/data/postmaster.pid" && kill -QUIT "$(head -n 1 "$0/data/postmaster.pid")" && sleep 1; rm -rf "$0"'
  const cleaner = spawn('/bin/sh', ['-c', script, folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  cleaner.unref()
  return () => cleaner.stdin.end()
}
