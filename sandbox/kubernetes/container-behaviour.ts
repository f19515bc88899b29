import { type Fault, faultOf } from '../faults.ts'
import type { Container } from './objects.ts'

/** How long things take in the sandbox's cluster, in milliseconds. */
export interface Timing {
  /** From made to its container running. */
  startMs: number
  /** From running to Ready. */
  readyMs: number
  /** From told to go to gone. */
  stopMs: number
  /** How long a container that crashes runs. */
  crashMs: number
  /** The first wait before a crashed container is started again; it doubles, up to the longest. A real kubelet: 10 s and 5 min. */
  backOffMs: number
  longestBackOffMs: number
  /** How long a leaking container takes to fill its memory limit. */
  leakMs: number
}

/** Everything within a minute or two. The longest back-off is to a rule's range of 15 s what the real one is to 15 min. */
export const DEFAULT_TIMING: Timing = {
  startMs: 700,
  readyMs: 1_500,
  stopMs: 1_000,
  crashMs: 800,
  backOffMs: 2_000,
  longestBackOffMs: 5_000,
  leakMs: 75_000,
}

/** What a container does, by the image that it runs. */
export interface ContainerBehaviour {
  fault: Fault | null
  isEverReady: boolean
  crashes: boolean
  /** Memory in use after that long, in bytes; at most the limit. */
  memoryAfter(ms: number): number
  memoryLimitBytes: number
}

const DEFAULT_LIMIT = '256Mi'
/** What an idle container uses, as a share of its limit. */
const IDLE_SHARE = 0.35

/** The faults of `faultOf`; beside them `crash…` crash-loops and `unready…` never gets ready. */
export function behaviourOf({ image, resources }: Container, timing: Timing): ContainerBehaviour {
  const fault = faultOf(image)
  const limit = bytes(resources?.limits?.['memory'] ?? DEFAULT_LIMIT)
  const idle = limit * IDLE_SHARE
  const growth = fault === 'memory-leak' ? (limit - idle) / timing.leakMs : 0
  return {
    fault,
    isEverReady: !image.startsWith('unready'),
    crashes: fault === 'crash-loop' || image.startsWith('crash'),
    memoryAfter: (ms) => Math.min(limit, Math.round(idle + growth * ms)),
    memoryLimitBytes: limit,
  }
}

const UNITS: Record<string, number> = { '': 1, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, k: 1e3, M: 1e6, G: 1e9 }

/** A quantity of memory such as `128Mi`. */
function bytes(quantity: string): number {
  const [, number = '', unit = ''] = /^([\d.]+)([A-Za-z]*)$/.exec(quantity) ?? []
  return Number(number) * (UNITS[unit] ?? 1) || bytes(DEFAULT_LIMIT)
}
