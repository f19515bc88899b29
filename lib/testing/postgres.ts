import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

const TEMPLATE = 'snapback_template'

interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** A database of its own, migrated unless it is asked for empty; on the server of this run. */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const server = inject('testPostgresUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  await run(server, `CREATE DATABASE ${name}${options.empty ? '' : ` TEMPLATE ${TEMPLATE}`}`)
  return {
    url: server.replace(/postgres$/, name),
    drop: () => run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
