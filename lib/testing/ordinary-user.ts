import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { blockedAt } from '../../scripts/postgres-account.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NODE = join('node_modules', 'node', 'bin', 'node')
const NOBODY = { uid: 65_534, gid: 65_534, name: 'nobody' }

/** Someone without rights: ourselves, or for root the user nobody. */
export interface OrdinaryUser {
  /** Options of a process that runs as this user. */
  identity: { uid?: number; gid?: number }
  /** A folder of this user's. */
  folder: string
  node: string
  /** The project, or a copy of what of it is asked for where the user cannot enter it. */
  project: string
  remove(): void
}

/** @param parts files and folders of the project, and `packages` by name, that the user has to be able to read */
export function ordinaryUser({ parts, packages }: { parts: readonly string[]; packages: readonly string[] }): OrdinaryUser {
  const user = process.getuid?.() === 0 ? NOBODY : null
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'snapback-ordinary-')))
  const isBlocked = blockedAt(user, join(ROOT, NODE)) !== null
  const project = isBlocked ? join(folder, 'project') : ROOT
  if (isBlocked) {
    const needed = [...parts, NODE, ...[...withDependencies(packages)].map((name) => join('node_modules', name))]
    for (const part of [...needed, 'package.json'])
      cpSync(join(ROOT, part), join(project, part), { recursive: true, verbatimSymlinks: true })
  }
  if (user !== null) chownSync(folder, user.uid, user.gid)
  return {
    identity: user === null ? {} : { uid: user.uid, gid: user.gid },
    folder,
    node: join(project, NODE),
    project,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function withDependencies(packages: readonly string[], found = new Set<string>()): Set<string> {
  for (const name of packages) {
    const manifest = join(ROOT, 'node_modules', name, 'package.json')
    if (found.has(name) || !existsSync(manifest)) continue
    found.add(name)
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8'))
    withDependencies(Object.keys({ ...dependencies, ...optionalDependencies }), found)
  }
  return found
}
