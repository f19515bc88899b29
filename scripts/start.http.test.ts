import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../lib/testing/free-port.ts'
import { createTestDatabase } from '../lib/testing/postgres.ts'
import { until } from '../lib/testing/waiting.ts'

const script = fileURLToPath(new URL('./start.mjs', import.meta.url))

let folder: string
let data: string
let port: number
let launchers: Launcher[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'snapback-start-'))
  chmodSync(folder, 0o755)
  data = join(folder, 'data')
  port = await freePort()
  launchers = []
})
afterEach(async () => {
  for (const launcher of launchers) await launcher.end('SIGTERM')
  // What a test killed left its server behind: the next start adopts it, and ends it.
  if (existsSync(join(data, 'pg', 'postmaster.pid'))) await (await launch()).end('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
})

interface Launcher {
  child: ChildProcess
  output(): string
  /** Code and signal with which it ended. */
  exited: Promise<unknown[]>
  end(signal: NodeJS.Signals): Promise<unknown[]>
}

/** As `npm start` does, with nothing configured but what is named. */
function launch(env: Record<string, string> = {}): Launcher {
  const child = spawn(process.execPath, [script, '--data', data], {
    env: { NODE_ENV: 'production', PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const launcher: Launcher = {
    child,
    output: () => output,
    exited,
    end(signal) {
      child.kill(signal)
      return exited
    },
  }
  launchers.push(launcher)
  return launcher
}

async function launchReady(env: Record<string, string> = {}): Promise<Launcher> {
  const launcher = launch(env)
  await until(async () => {
    if (launcher.child.exitCode !== null) throw new Error(launcher.output())
    return isDatabaseUp()
  })
  return launcher
}

async function isDatabaseUp(): Promise<boolean> {
  const answer = await fetch(`http://localhost:${port}/api/health/ready`).catch(() => null)
  const body = (await answer?.json()) as { parts: { name: string; status: string }[] } | undefined
  return ['database', 'worker'].every((name) => body?.parts.find((part) => part.name === name)?.status === 'up')
}

/** Of the application that the launcher started. */
function applicationPid(launcher: Launcher): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === launcher.child.pid)
  return Number(children.find((pid) => !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')))
}

function parentOf(pid: string): number | null {
  try {
    return Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return null
  }
}

const serverRuns = () => existsSync(join(data, 'pg', 'postmaster.pid'))

test('without a DATABASE_URL it starts one, migrates it and serves; told to end, it ends all of it', async () => {
  const launcher = await launchReady()
  expect(launcher.output()).toContain(`as admin@snapback.local with the password`)
  expect(launcher.output()).not.toContain(readFileSync(join(data, 'postgres-password'), 'utf8').trim())
  expect(statSync(join(data, 'session-secret')).mode & 0o777).toBe(0o600)
  expect(await launcher.end('SIGTERM')).toEqual([0, null])
  expect(serverRuns()).toBe(false)
  await expect(fetch(`http://localhost:${port}/api/health/live`)).rejects.toThrow()
})

test('the next start goes on with the same database and the same secret', async () => {
  await (await launchReady()).end('SIGINT')
  const secret = readFileSync(join(data, 'session-secret'), 'utf8')
  const second = await launchReady()
  expect(second.output()).not.toContain('with the password')
  expect(readFileSync(join(data, 'session-secret'), 'utf8')).toBe(secret)
})

test('with a DATABASE_URL it starts no server and keeps nothing', async () => {
  const database = await createTestDatabase({ empty: true })
  const launcher = await launchReady({ DATABASE_URL: database.url, NEXTAUTH_SECRET: 'a secret of the tests, long enough to be one' })
  expect(await launcher.end('SIGTERM')).toEqual([0, null])
  expect(existsSync(data)).toBe(false)
  await database.drop()
})

test('an application that dies takes its server with it, and its code comes out', async () => {
  const launcher = await launchReady()
  process.kill(applicationPid(launcher), 'SIGKILL')
  expect(await launcher.exited).toEqual([128 + 9, null])
  expect(serverRuns()).toBe(false)
})

test('a launcher that is killed leaves no application behind, and the next one adopts its server', async () => {
  const first = await launchReady()
  const application = applicationPid(first)
  await first.end('SIGKILL')
  // It still answers for a moment, and would be taken for the second one's.
  await until(() => !existsSync(`/proc/${application}`))
  expect(serverRuns()).toBe(true)
  const second = await launchReady()
  expect(second.output()).toContain('adopted from a launcher that was killed')
  await second.end('SIGTERM')
  expect(serverRuns()).toBe(false)
})

describe('it says what is wrong, and ends:', () => {
  test('a port that is taken', async () => {
    const other = createServer().listen(port)
    await once(other, 'listening')
    const launcher = launch()
    expect(await launcher.exited).toEqual([1, null])
    expect(launcher.output()).toContain(`port ${port} is taken: end what listens there, or set PORT`)
    expect(existsSync(data)).toBe(false)
    other.close()
  })

  test('a port that is none', async () => {
    const launcher = launch({ PORT: 'x' })
    expect(await launcher.exited).toEqual([1, null])
    expect(launcher.output()).toBe('PORT: must be a port\n')
  })

  test('another launcher that has the data', async () => {
    const first = await launchReady()
    const second = launch({ PORT: String(await freePort()) })
    expect(await second.exited).toEqual([1, null])
    expect(second.output()).toContain(`${data} is in use by process ${first.child.pid}`)
    expect(await isDatabaseUp()).toBe(true)
  })

  test('a configuration that the application refuses', async () => {
    const launcher = launch({ LOG_LEVEL: 'loud' })
    expect(await launcher.exited).toEqual([1, null])
    expect(launcher.output()).toContain('LOG_LEVEL: must be debug, info, warn or error')
    expect(serverRuns()).toBe(false)
  })
})

test('it can be told to end while it starts', async () => {
  const launcher = launch()
  await until(() => existsSync(data))
  expect(await launcher.end('SIGTERM')).toEqual([0, null])
  expect(serverRuns()).toBe(false)
})
