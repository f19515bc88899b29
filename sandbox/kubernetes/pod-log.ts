import { badRequest } from './api-error.ts'
import { behaviourOf, type ContainerBehaviour, type Timing } from './container-behaviour.ts'
import type { Container, ContainerStatus, Pod } from './objects.ts'

interface Asked {
  container: string | null
  previous: boolean
  tailLines: number
}

const EVERY_MS = 4_000
const LONGEST_RUN_LINES = 500

/** What a container wrote, the run before with `previous`: as text, a line each. Throws what the kubelet answers where it has nothing. */
export function podLog({ metadata, spec, status }: Pod, asked: Asked, { timing, now }: { timing: Timing; now: number }): string {
  const container = spec.containers.find(({ name }) => asked.container === null || name === asked.container)
  if (!container) throw badRequest(`container ${asked.container} is not valid for pod ${metadata.name}`)
  const told = status.containerStatuses?.find(({ name }) => name === container.name)
  if (!told) throw badRequest(`container "${container.name}" in pod "${metadata.name}" is waiting to start: ContainerCreating`)
  const run = asked.previous ? runBefore(told) : (runNow(told, now) ?? runBefore(told))
  if (!run) throw badRequest(`previous terminated container "${container.name}" in pod "${metadata.name}" not found`)
  const lines = linesOf(container, behaviourOf(container, timing), run)
  return lines
    .slice(-asked.tailLines)
    .map((line) => `${line}\n`)
    .join('')
}

interface Run {
  from: number
  to: number
  /** Null: it runs. */
  end: string | null
}

function runNow({ state }: ContainerStatus, now: number): Run | null {
  return state.running ? { from: Date.parse(state.running.startedAt), to: now, end: null } : null
}

function runBefore({ lastState }: ContainerStatus): Run | null {
  const { terminated } = lastState
  return terminated ? { from: Date.parse(terminated.startedAt), to: Date.parse(terminated.finishedAt), end: terminated.reason } : null
}

function linesOf({ name, image }: Container, behaviour: ContainerBehaviour, { from, to, end }: Run): string[] {
  const line = (at: number, text: string) => `${new Date(at).toISOString()} ${text}`
  const lines = [line(from, `INFO  starting ${name} ${image}`)]
  if (behaviour.crashes) {
    lines.push(line(from + 40, 'INFO  reading configuration'))
    if (end !== null) {
      lines.push(line(from + 90, 'ERROR configuration: PAYMENT_TIMEOUT "2,5s" is not a duration'))
      lines.push(line(from + 91, 'FATAL cannot start, giving up with exit code 1'))
    }
    return lines
  }
  lines.push(line(from + 300, 'INFO  listening on :8080'))
  const first = Math.max(from + EVERY_MS, to - EVERY_MS * LONGEST_RUN_LINES)
  for (let at = first - ((first - from) % EVERY_MS); at <= to; at += EVERY_MS) {
    lines.push(line(at, sayingOf(behaviour, (at - from) / EVERY_MS, at - from)))
  }
  return lines
}

const PATHS = ['GET /orders', 'POST /orders', 'GET /cart', 'POST /payments', 'GET /catalog']

function sayingOf({ fault, memoryAfter, memoryLimitBytes }: ContainerBehaviour, index: number, sinceStartMs: number): string {
  const path = PATHS[index % PATHS.length]
  const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20)
  if (fault === 'errors' && index % 2 === 0) return `ERROR ${path} 500: discount of an empty cart is undefined`
  if (fault === 'latency') return `WARN  ${path} 200 took ${700 + ((index * 137) % 900)} ms: 48 queries for one page`
  if (fault === 'memory-leak' && index % 3 === 0) {
    return `WARN  heap at ${mebibytes(memoryAfter(sinceStartMs))} MiB of ${mebibytes(memoryLimitBytes)} MiB, nothing to collect`
  }
  return `INFO  ${path} 200 took ${8 + ((index * 31) % 40)} ms`
}
