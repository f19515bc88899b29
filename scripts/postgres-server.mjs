// One Postgres server on a data directory: made, started, recognised, stopped. Loopback only, password always.
import { spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { identity, reachableBinaries } from './postgres-account.mjs'

/** From the moment that the server calls itself ready. Recovery after a crash before that takes what it takes. */
const ANSWERS_WITHIN_MS = 10_000
const STOPS_WITHIN_SECONDS = 30
/** No process can have it (pid_max is 2^22), so Postgres takes a lock file that names it for a dead server's. */
const NOBODY = 2 ** 31 - 1
/** Nothing of ours: variables such as PGDATA or PGOPTIONS would change what we start. */
const ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }

/**
 * @typedef {object} Server
 * @property {string} directory data directory, without symbolic links
 * @property {string} password of the user `postgres`
 * @property {import('./postgres-account.mjs').Account | null} account
 * @property {string} log file that the server writes to
 * @property {string[]} [settings] as `name=value`
 */

/**
 * Makes the cluster, as a whole or not at all. Each try has a folder of its own: the initdb of a launcher that was killed
 * may still be at work, and clears its folder when it fails. What earlier tries left is removed.
 *
 * @param {Server} server
 */
export async function initialise({ directory, password, account }) {
  const { initdb } = await reachableBinaries(account)
  clearHalves(directory)
  const half = mkdtempSync(`${directory}.half-`)
  const [cluster, passwordFile] = [path.join(half, 'pg'), path.join(half, 'password')]
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account !== null) for (const file of [half, passwordFile]) chownSync(file, account.uid, account.gid)
  const auth = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  await run(account, initdb, ['-D', cluster, ...auth, '--encoding=UTF8', '--locale=C'])
  renameSync(cluster, directory)
  clearHalves(directory)
}

function clearHalves(directory) {
  const [folder, prefix] = [path.dirname(directory), `${path.basename(directory)}.half-`]
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix)) rmSync(path.join(folder, name), { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * Starts it in a process group of its own, out of reach of a Ctrl-C in our terminal: who started it decides when it ends.
 * Returns once it takes connections.
 *
 * @param {Server} server
 * @param {number} port
 */
export async function start({ directory, password, account, log, settings = [] }, port) {
  const { postgres } = await reachableBinaries(account)
  const all = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings]
  const output = openSync(log, 'a', 0o600)
  const options = { ...identity(account), cwd: '/', env: ENVIRONMENT, stdio: ['ignore', output, output], detached: true }
  const child = spawn(postgres, ['-D', directory, ...all.flatMap((setting) => ['-c', setting])], options)
  closeSync(output)
  let ending = null
  child.once('error', (error) => (ending = error.message))
  child.once('exit', (code, signal) => (ending = `it ended with ${signal ?? `code ${code}`}`))
  while (ending === null && !isReady(directory, child.pid)) await pause(50)
  const trouble = ending ?? (await refusal({ directory, password, port }))
  if (trouble === null) {
    child.unref()
    return
  }
  child.kill('SIGQUIT')
  throw new Error(`Postgres did not start: ${trouble}\n${lastLines(log)}`)
}

/**
 * Why the server at the port is not the one of our directory and password; null: it is.
 *
 * @returns {Promise<string | null>}
 */
export async function refusal({ directory, password, port }) {
  let trouble = ''
  for (const deadline = Date.now() + ANSWERS_WITHIN_MS; Date.now() < deadline; await pause(100)) {
    try {
      const served = await withClient(
        { password, port },
        async (client) => (await client.query('SHOW data_directory')).rows[0].data_directory,
      )
      return realpathSync(served) === realpathSync(directory) ? null : `it serves ${served}`
    } catch (error) {
      if (error.code === '28P01') return 'it refuses the password that is kept'
      trouble = error.message
    }
  }
  return trouble
}

/**
 * Ends the server that runs on the directory, whoever started it.
 *
 * @param {Pick<Server, 'directory' | 'account'>} server
 */
export async function stop({ directory, account }) {
  if (postmaster(directory) === null) return
  const { pg_ctl } = await reachableBinaries(account)
  const end = (mode) => run(account, pg_ctl, ['stop', '-D', directory, '-m', mode, '-w', '-t', String(STOPS_WITHIN_SECONDS)])
  try {
    await end('fast')
  } catch {
    // It ended by itself meanwhile, or it heeds nothing: then hard, which its log survives.
    if (postmaster(directory) !== null) await end('immediate')
  }
}

/**
 * The server that runs on the directory, by the lock file that Postgres keeps there. A pid that lives on as another
 * program is not believed: a server's working directory is its data directory.
 *
 * @returns {{ pid: number, port: number, isReady: boolean } | null}
 */
export function postmaster(directory) {
  const { pid, port, status } = lockFile(directory)
  return pid > 0 && isAlive(pid) && worksIn(pid, directory) ? { pid, port, isReady: status === 'ready' } : null
}

/**
 * Lets Postgres see that a lock file with a foreign living pid is a dead server's. The rest of the file stays: Postgres
 * needs it to tell whether memory of that server is still in use.
 */
export function disownLockFile(directory) {
  const { lines, pid } = lockFile(directory)
  if (pid > 0 && isAlive(pid) && postmaster(directory) === null) {
    writeFileSync(path.join(directory, 'postmaster.pid'), [NOBODY, ...lines.slice(1)].join('\n'))
  }
}

export function ensureDatabase({ password, port }, name) {
  return withClient({ password, port }, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
  })
}

export function urlOf({ password, port }, database) {
  return `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

async function withClient({ password, port }, work) {
  const client = new pg.Client({ connectionString: urlOf({ password, port }, 'postgres'), connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

function isReady(directory, pid) {
  const running = postmaster(directory)
  return running?.pid === pid && running.isReady
}

function lockFile(directory) {
  const file = path.join(directory, 'postmaster.pid')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return { lines, pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Where only Linux tells: elsewhere the lock file is believed. A process that is hidden from us is another user's. */
function worksIn(pid, directory) {
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(directory)
  } catch {
    return false
  }
}

async function run(account, program, args) {
  const child = spawn(program, args, {
    ...identity(account),
    cwd: '/',
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`${path.basename(program)} failed (${code}):\n${output.trim()}`)
}

function lastLines(file) {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-8).join('\n')
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
