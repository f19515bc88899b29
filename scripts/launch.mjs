// What `npm start` and `npm run dev` have in common: a port, a database, secrets, the programs, and an end in order.
import { createServer } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { keptSecret } from './data-directory.mjs'
import { startLocalPostgres } from './local-pg.mjs'
import { programGroup } from './program-group.mjs'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
/** The application of a launcher that was killed gives its port back within a second. */
const PORT_WITHIN_MS = 3_000

export const next = fileURLToPath(new URL('../node_modules/next/dist/bin/next', import.meta.url))

/**
 * @typedef {object} Program
 * @property {string[]} args of Node
 * @property {Record<string, string | undefined>} [env] added to what all of them get
 * @property {string} [output] the file that takes what it prints; the terminal unless told
 */

/**
 * Starts programs on a database and ends when one of them does or when it is told to: first they, then the database.
 * Exits with 0 when it was told to end, else with the program's code.
 *
 * @param {object} parts
 * @param {string} [parts.directory] where everything is kept that has no other place
 * @param {string[] | null} [parts.first] arguments of a Node program that has to run through before
 * @param {(port: number, env: Record<string, string | undefined>) => Program[] | Promise<Program[]>} parts.programs
 * @param {(port: number, signal: AbortSignal) => Promise<number>} [parts.beside] runs while the programs do; when it is done, all end with its code
 */
export async function launch({ directory = dataDirectory(), first = null, programs, beside }) {
  const group = programGroup()
  let wasTold = false
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      wasTold = true
      group.end(signal)
    })
  }
  try {
    const port = await wantedPort()
    const firstCode = first === null ? 0 : await group.start(first)
    const code = firstCode === 0 && !wasTold ? await onDatabase({ port, directory }, runTogether) : firstCode
    process.exitCode = wasTold ? 0 : code
  } catch (error) {
    say(error.message)
    process.exitCode = 1
  }

  /** @returns {Promise<number>} the code of the one that ended first */
  async function runTogether(port, env) {
    if (wasTold) return 0
    const planned = await programs(port, env)
    if (wasTold) return 0
    const ends = planned.map(({ args, env: added, output }) => group.start(args, { ...env, ...added }, output))
    const ending = new AbortController()
    const code = await Promise.race(beside ? [...ends, beside(port, ending.signal)] : ends)
    ending.abort()
    group.end('SIGTERM')
    await Promise.all(ends)
    return code
  }
}

/** With the database that is configured, or an embedded one that ends with the work. */
async function onDatabase({ port, directory }, work) {
  const address = process.env.NEXTAUTH_URL || `http://localhost:${port}`
  const env = { ...process.env, PORT: String(port), NEXTAUTH_URL: address }
  if (process.env.DATABASE_URL || process.env.DATABASE_URL_FILE) return work(port, env)
  const database = await startLocalPostgres({ directory, say })
  say(`Postgres: ${database.wasAdopted ? 'adopted from a launcher that was killed' : 'started'}, data in ${database.data}`)
  try {
    const secret = process.env.NEXTAUTH_SECRET_FILE ? undefined : process.env.NEXTAUTH_SECRET || keptSecret(directory, 'session-secret')
    return await work(port, { ...env, DATABASE_URL: database.url, NEXTAUTH_SECRET: secret })
  } finally {
    await database.stop()
  }
}

/** `.data`, or what `--data DIRECTORY` says. */
function dataDirectory() {
  const { values } = parseArgs({ options: { data: { type: 'string', default: '.data' } } })
  return path.resolve(fileURLToPath(new URL('..', import.meta.url)), values.data)
}

/** PORT, and nobody listens there. */
async function wantedPort() {
  const port = Number(process.env.PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('PORT: must be a port')
  for (const deadline = Date.now() + PORT_WITHIN_MS; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const trouble = await whyNot(port)
    if (trouble === null) return port
    if (trouble !== 'EADDRINUSE') throw new Error(`port ${port} cannot be used: ${trouble}`)
    if (Date.now() > deadline) throw new Error(`port ${port} is taken: end what listens there, or set PORT`)
  }
}

/** @returns {Promise<string | null>} the error's code; null: it is free */
function whyNot(port) {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(error.code))
    server.listen(port, () => server.close(() => resolve(null)))
  })
}

function say(line) {
  process.stderr.write(`${line}\n`)
}
