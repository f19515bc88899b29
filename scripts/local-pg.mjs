// The embedded Postgres, for when there is no DATABASE_URL. Everything of it lies in `.data/`.
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { hasKept, keepNumber, keptNumber, keptSecret, openDataDirectory, takeDirectory } from './data-directory.mjs'
import { accountFor, blockedAt, SHARED_DIRECTORY } from './postgres-account.mjs'
import { disownLockFile, ensureDatabase, initialise, postmaster, refusal, start, stop, urlOf } from './postgres-server.mjs'

const DATABASE = 'snapback'
const PASSWORD = 'postgres-password'
const PORT = 'postgres-port'
const LOG = 'postgres.log'
const LARGEST_LOG_BYTES = 5_000_000
const LOOKS_EVERY_MS = 1_000
const STARTS = 5

/**
 * @typedef {object} LocalPostgres
 * @property {string} url of the database
 * @property {string} data the data directory, without symbolic links
 * @property {boolean} wasAdopted it had been left running by a launcher that was killed
 * @property {() => Promise<void>} stop ends it, adopted or not
 */

/**
 * Starts the embedded Postgres, or adopts the one that a killed launcher left running. Until `stop` it is started again
 * should it end by itself.
 *
 * @param {{ directory: string, say?: (line: string) => void }} options `directory`: all that is kept, `.data/`
 * @returns {Promise<LocalPostgres>}
 */
export async function startLocalPostgres({ directory, say = () => {} }) {
  const account = accountFor(path.join(directory, 'pg'))
  const kept = openDataDirectory(directory, account)
  const giveBack = await takeDirectory(kept)
  try {
    const server = await prepare(kept, account, say)
    const { port, wasAdopted } = await startOrAdopt(server, kept)
    keepNumber(kept, PORT, port)
    await ensureDatabase({ ...server, port }, DATABASE)
    const guard = keepRunning(server, port, say)
    return {
      url: urlOf({ ...server, port }, DATABASE),
      data: server.directory,
      wasAdopted,
      async stop() {
        await guard.end()
        await stop(server)
        giveBack()
      },
    }
  } catch (error) {
    giveBack()
    throw error
  }
}

/** Cluster and password, made on the first start. */
async function prepare(kept, account, say) {
  const place = dataDirectory(kept, account, say)
  const isNew = !existsSync(path.join(place.directory, 'PG_VERSION'))
  if (!isNew && !hasKept(kept, PASSWORD)) {
    throw new Error(`${path.join(kept, PASSWORD)} is missing: put it back, or move ${place.directory} away to begin anew`)
  }
  const log = path.join(kept, LOG)
  if (existsSync(log) && statSync(log).size > LARGEST_LOG_BYTES) rmSync(log)
  const server = { directory: place.directory, password: keptSecret(kept, PASSWORD), account, log }
  if (isNew) await initialise(server)
  if (place.link !== null) symlinkSync(place.directory, place.link)
  return server
}

/** `.data/pg`; where the account cannot go there, a directory elsewhere that `.data/pg` will link to. */
function dataDirectory(kept, account, say) {
  const usual = path.join(kept, 'pg')
  if (existsSync(usual)) return { directory: realpathSync(usual), link: null }
  if (lstatSync(usual, { throwIfNoEntry: false })) throw new Error(`${usual} links to ${readlinkSync(usual)}, which is not there`)
  const blocked = blockedAt(account, kept)
  if (blocked === null) return { directory: usual, link: null }
  mkdirSync(SHARED_DIRECTORY, { recursive: true, mode: 0o755 })
  const home = mkdtempSync(path.join(SHARED_DIRECTORY, 'data-'))
  chownSync(home, account.uid, account.gid)
  say(`Postgres runs as ${account.name}, who may not enter ${blocked}: its data goes to ${home}`)
  return { directory: path.join(home, 'pg'), link: usual }
}

/** @returns {Promise<{ port: number, wasAdopted: boolean }>} */
async function startOrAdopt(server, kept) {
  const adopted = await adopt(server)
  if (adopted !== null) return { port: adopted, wasAdopted: true }
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? keptNumber(kept, PORT) : null)
    try {
      await start(server, port)
      return { port, wasAdopted: false }
    } catch (error) {
      // Between our look and its start somebody may take the port; children of a killed server may take a moment to end.
      if (attempt === STARTS) throw error
      await pause(attempt * 200)
    }
  }
}

/**
 * Ours is the one that takes our password and serves our directory. It may still be recovering, or about to end.
 *
 * @returns {Promise<number | null>} its port; null: none runs here
 */
async function adopt(server) {
  disownLockFile(server.directory)
  for (;;) {
    const running = postmaster(server.directory)
    if (running === null) return null
    if (!running.isReady) {
      await pause(100)
      continue
    }
    const trouble = await refusal({ ...server, port: running.port })
    if (trouble === null) return running.port
    if (postmaster(server.directory) === null) return null
    throw new Error(`process ${running.pid} runs on ${server.directory}, but cannot be adopted: ${trouble}. End it, then start again`)
  }
}

/** Looks after the server until it is told to end. It comes back at its port: that is in the address that is in use. */
function keepRunning(server, port, say) {
  let isEnding = false
  let isAway = false
  let working = Promise.resolve()
  const look = async () => {
    if (isEnding || postmaster(server.directory) !== null) return
    if (!isAway) say(`Postgres ended by itself and is started again. Its log: ${server.log}`)
    const trouble = await start(server, port).then(
      () => null,
      (error) => error.message,
    )
    if (trouble !== null && !isAway) say(`${trouble}\nTrying again every second`)
    isAway = trouble !== null
  }
  const timer = setInterval(() => {
    working = working.then(look)
  }, LOOKS_EVERY_MS)
  timer.unref()
  return {
    end() {
      isEnding = true
      clearInterval(timer)
      return working
    },
  }
}

/** The wanted one if nobody listens there, else one that the system gives. */
async function freePort(wanted) {
  const server = createServer()
  const listen = (port) =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => resolve(server.address().port))
    })
  const port = await listen(wanted ?? 0).catch(() => listen(0))
  await new Promise((resolve) => server.close(resolve))
  return port
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
