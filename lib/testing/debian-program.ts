import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from './free-port.ts'

export interface RunningProgram {
  /** `http://127.0.0.1:…` */
  url: string
  /** Ends it and deletes its folder. */
  stop(): Promise<void>
}

export interface ProgramStart {
  /** As Debian calls it. */
  program: 'prometheus' | 'prometheus-alertmanager'
  /** Any free one unless told. */
  port?: number
  /** Writes into the folder what the program needs and gives its arguments. */
  prepare(folder: string, address: string): string[]
}

const READY_WITHIN_MS = 20_000
const INSTALL = 'apt-get install prometheus prometheus-alertmanager'

/**
 * Starts a program of Debian's with a folder and a loopback port of its own, and waits until `/-/ready` says so.
 * It ends with this process, whatever ends that.
 */
export async function startProgram(start: ProgramStart): Promise<RunningProgram> {
  const folder = mkdtempSync(join(tmpdir(), `${start.program}-`))
  const address = `127.0.0.1:${start.port ?? (await freePort())}`
  const url = `http://${address}`
  const child = spawn(start.program, start.prepare(folder, address), { stdio: ['ignore', 'ignore', 'pipe'] })
  const said = lastLines(child)
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const stop = async () => {
    await end(child)
    process.off('exit', kill)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await Promise.race([isReady(url), failure(start.program, child, said)])
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

/** Rejects when the program cannot be started or ends too soon; else never settles. */
function failure(program: string, child: ChildProcess, said: () => string): Promise<never> {
  return new Promise((_, reject) => {
    child.once('exit', () => reject(new Error(`${program} did not start: ${said()}`)))
    child.once('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT'
      reject(new Error(isMissing ? `${program} is not installed. As root: ${INSTALL}` : `${program} did not start: ${error.message}`))
    })
  })
}

async function isReady(url: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/-/ready`).catch(() => null)
    await answer?.text()
    if (answer?.ok) return
    await delay(50)
  }
  throw new Error(`${url} was not ready within ${READY_WITHIN_MS} ms`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const isDone = await Promise.race([ended.then(() => true), delay(5_000, false, { ref: false })])
  if (isDone) return
  child.kill('SIGKILL')
  await ended
}

function lastLines(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-4_000)
  })
  return () => text.trim()
}
