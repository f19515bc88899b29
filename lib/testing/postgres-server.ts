import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../adapters/postgres/migrate.ts'
import { stoppablePostgres } from './stoppable-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the server's own database, from which databases are made. */
    testPostgresUrl: string
  }
}

const TEMPLATE = 'snapback_template'

/** Vitest calls this once a run: one server for all test files, with a migrated template that databases are copied from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await stoppablePostgres(['max_connections=400'])
  await server.start()
  const admin = new pg.Client(server.url)
  await admin.connect()
  await admin.query(`CREATE DATABASE ${TEMPLATE}`)
  await migrate(server.url.replace(/postgres$/, TEMPLATE))
  await admin.end()
  project.provide('testPostgresUrl', server.url)
  return server.remove
}
