import type { Instant } from '../../lib/core/json.ts'
import { savePolicy } from '../../lib/engine/save-policy.ts'
import { badDeploy, deploy, type PastEvent, rollBackByHand, trouble, turnDryRunOff } from './history-events.ts'
import { HistoryWorld } from './history-world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The days that lie behind the demo. */
export const HISTORY_DAYS = 14

const CHECKOUT = 'edgelink/checkout'
const GATEWAY = 'edgelink/api-gateway'
const DEVICES = 'edgelink/device-service'
const USERS = 'edgelink/user-service'

const image = (workload: string, version: string) => `registry.example/${workload.split('/')[1]}:${version}`

/** What happened, in order: day, hour and minute since the beginning. The first days in dry run, then acting. */
const PAST: [day: number, hour: number, minute: number, event: PastEvent][] = [
  [0, 0, 5, deploy(CHECKOUT, image(CHECKOUT, '2.6.0'))],
  [0, 0, 6, deploy(GATEWAY, image(GATEWAY, '1.18.0'))],
  [0, 0, 7, deploy(DEVICES, image(DEVICES, '4.1.0'))],
  [0, 0, 8, deploy(USERS, image(USERS, '3.3.2'))],
  [
    1,
    9,
    12,
    badDeploy({
      name: 'EdgeLinkHighErrorRate',
      workload: CHECKOUT,
      summary: 'High error rate in checkout',
      image: image(CHECKOUT, '2.6.1'),
      value: 0.081,
      onsetMs: 34 * SECOND,
      detectMs: 76 * SECOND,
    }),
  ],
  [
    2,
    14,
    40,
    trouble({
      name: 'EdgeLinkHighLatency',
      workload: DEVICES,
      summary: 'High latency in device-service',
      value: 0.74,
      forMs: 13 * MINUTE,
    }),
  ],
  [3, 10, 5, turnDryRunOff({ by: 'mei', reason: 'What it would have done was right: acting from now on' })],
  [
    3,
    16,
    22,
    badDeploy({
      name: 'EdgeLinkHighLatency',
      workload: GATEWAY,
      summary: 'High latency in api-gateway',
      image: image(GATEWAY, '1.19.0'),
      value: 0.81,
      onsetMs: 25 * SECOND,
      detectMs: 95 * SECOND,
      rolloutMs: 31 * SECOND,
    }),
  ],
  [4, 11, 3, deploy(GATEWAY, image(GATEWAY, '1.19.1'))],
  [
    5,
    13,
    48,
    badDeploy({
      name: 'EdgeLinkHighErrorRate',
      workload: CHECKOUT,
      summary: 'High error rate in checkout',
      image: image(CHECKOUT, '2.7.0'),
      value: 0.121,
      onsetMs: 41 * SECOND,
      detectMs: 72 * SECOND,
      rolloutMs: 26 * SECOND,
    }),
  ],
  // The same image again, before anybody had looked: recognised, and people are called.
  [
    5,
    15,
    30,
    badDeploy({
      name: 'EdgeLinkHighErrorRate',
      workload: CHECKOUT,
      summary: 'High error rate in checkout',
      image: image(CHECKOUT, '2.7.0'),
      value: 0.118,
      onsetMs: 30 * SECOND,
      detectMs: 70 * SECOND,
    }),
  ],
  [
    7,
    8,
    31,
    badDeploy({
      name: 'EdgeLinkPodCrashLooping',
      workload: USERS,
      summary: 'Pods of user-service restart again and again',
      image: image(USERS, '3.4.0'),
      value: 0.02,
      onsetMs: 48 * SECOND,
      detectMs: 80 * SECOND,
      rolloutMs: 19 * SECOND,
    }),
  ],
  [8, 9, 2, deploy(USERS, image(USERS, '3.4.1'))],
  // A database was the cause: by what was known the rollback was right, and it did not help.
  [
    9,
    19,
    14,
    badDeploy({
      name: 'EdgeLinkHighErrorRate',
      workload: DEVICES,
      summary: 'High error rate in device-service',
      image: image(DEVICES, '4.2.0'),
      value: 0.33,
      onsetMs: 22 * SECOND,
      detectMs: 61 * SECOND,
      rolloutMs: 35 * SECOND,
      illForMs: 38 * MINUTE,
    }),
  ],
  [10, 9, 55, deploy(DEVICES, image(DEVICES, '4.2.1'))],
  [
    11,
    15,
    17,
    trouble({
      name: 'EdgeLinkHighErrorRate',
      workload: USERS,
      summary: 'High error rate in user-service',
      value: 0.064,
      forMs: 6 * MINUTE,
    }),
  ],
  [11, 16, 40, deploy(GATEWAY, image(GATEWAY, '1.20.0'))],
  [11, 16, 41, rollBackByHand(GATEWAY, { by: 'ada', reason: 'Partners report wrong prices since 1.20.0' })],
  [12, 10, 20, deploy(GATEWAY, image(GATEWAY, '1.20.1'))],
  [
    12,
    17,
    6,
    badDeploy({
      name: 'EdgeLinkHighLatency',
      workload: CHECKOUT,
      summary: 'High latency in checkout',
      image: image(CHECKOUT, '2.7.2'),
      value: 0.92,
      onsetMs: 36 * SECOND,
      detectMs: 58 * SECOND,
      rolloutMs: 24 * SECOND,
    }),
  ],
  [13, 0, 20, deploy(CHECKOUT, image(CHECKOUT, '2.8.0'))],
]

/** Two plausible weeks that end before `until`, made and stored by the engine itself. */
export async function writeHistory(options: {
  store: HistoryWorld['deps']['store']
  read: HistoryWorld['deps']['read']
  until: Instant
}): Promise<HistoryWorld> {
  const begin = startOfDay(options.until - HISTORY_DAYS * DAY)
  const world = new HistoryWorld({ ...options, from: begin })
  const beginning = { caller: world.caller('mei'), scope: { level: 'cluster' }, fields: { mode: 'auto' }, version: 0 } as const
  await savePolicy(world.deps, { ...beginning, reason: 'We begin in dry run and look at what it would do' })
  for (const [day, hour, minute, event] of PAST) {
    await world.passUntil(begin + day * DAY + hour * HOUR + minute * MINUTE)
    await event(world)
  }
  return world
}

/** In this machine's zone, so that the team's hours look like a team's hours. */
function startOfDay(at: Instant): Instant {
  return new Date(at).setHours(0, 0, 0, 0)
}
