import { type Behaviour, HEALTHY } from '../lib/testing/pod-counters.ts'

const MEBIBYTE = 2 ** 20

/** What a version carries, told by the end of its image's tag: EdgeLink's three incidents, and one that runs out of memory in seconds. */
const CARRIED: [end: string, Partial<Behaviour>][] = [
  ['-bad', { errorRatio: 0.12 }],
  ['-pool', { errorRatio: 0.12 }],
  ['-library', { latencySeconds: 0.8 }],
  ['-leak', { leaksBytesPerSecond: 8 * MEBIBYTE }],
  ['-oom', { leaksBytesPerSecond: 150 * MEBIBYTE }],
]

/** How pods of that image answer. */
export function behaviourOf(image: string): Behaviour {
  const [, changes] = CARRIED.find(([end]) => image.endsWith(end)) ?? ['', {}]
  return { ...HEALTHY, ...changes }
}
