// What a process without a database of its own keeps in `.data/`: mode 0700, secrets in files of mode 0600.
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, linkSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import path from 'node:path'

/** Makes it if missing, only for us and for the account that Postgres runs as. @returns its path without symbolic links */
export function openDataDirectory(directory, account) {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    chmodSync(directory, 0o700)
    if (account !== null) chownSync(directory, account.uid, account.gid)
  } catch (error) {
    throw new Error(`${directory} cannot be used (${error.code}): it has to be a directory that this user owns`)
  }
  return realpathSync(directory)
}

/** A secret that is made up once and kept. */
export function keptSecret(directory, name) {
  const file = path.join(directory, name)
  if (!existsSync(file)) writeWhole(file, randomBytes(32).toString('base64url'))
  chmodSync(file, 0o600)
  return readFileSync(file, 'utf8').trim()
}

export function hasKept(directory, name) {
  return existsSync(path.join(directory, name))
}

/** A number that is remembered from one start to the next; null before the first. */
export function keptNumber(directory, name) {
  const file = path.join(directory, name)
  const number = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN
  return Number.isInteger(number) ? number : null
}

export function keepNumber(directory, name, number) {
  writeFileSync(path.join(directory, name), `${number}\n`, { mode: 0o600 })
}

/**
 * Takes the directory for this process until it ends, however it ends: a socket without a file, which Linux takes back
 * by itself. Elsewhere only Postgres' own lock file guards the data.
 *
 * @returns {Promise<() => void>} gives it back
 * @throws when another process has it, with its pid
 */
export async function takeDirectory(directory) {
  if (process.platform !== 'linux') return () => {}
  const name = `\0snapback-${createHash('sha256').update(directory).digest('hex')}`
  const server = createServer((socket) => socket.end(String(process.pid)).on('error', () => {}))
  const isTaken = await new Promise((resolve, reject) => {
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(true) : reject(error)))
    server.listen(name, () => resolve(false))
  })
  if (isTaken) throw new Error(`${directory} is in use by process ${await pidOfHolder(name)}: one launcher at a time, or set DATABASE_URL`)
  server.unref()
  return () => server.close()
}

async function pidOfHolder(name) {
  const socket = connect(name).setTimeout(1_000)
  let pid = ''
  socket.on('data', (chunk) => (pid += chunk))
  await new Promise((resolve) => {
    for (const event of ['end', 'error', 'timeout']) socket.once(event, resolve)
  })
  socket.destroy()
  return pid || 'unknown'
}

/** There with its whole content or not at all, whenever we are killed. */
function writeWhole(file, content) {
  const half = `${file}.${process.pid}`
  writeFileSync(half, `${content}\n`, { mode: 0o600 })
  try {
    linkSync(half, file)
  } finally {
    rmSync(half, { force: true })
  }
}
