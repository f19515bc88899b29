import { expect, test } from 'vitest'
import type { Resolution } from '../core/decision.ts'
import { SCENARIOS } from '../core/scenarios/scenario-list.ts'
import { factsOfStory } from '../core/story/facts-of-story.ts'
import type { Scenario } from '../core/story/scenario.ts'
import type { Story } from '../core/story/story.ts'
import { MINUTE_ZERO, type Time } from '../core/story/story-time.ts'
import { workloadKey } from '../core/workload.ts'
import { FakeCluster } from '../testing/fake-cluster.ts'
import { StoryPlayer } from '../testing/story-player.ts'
import { resolveWorkload } from './resolve-workload.ts'

/** The story's small cluster at that time. */
function clusterOf({ workload, deployments, services, pods, deleted }: Story, at: Time): FakeCluster {
  const cluster = new FakeCluster({ now: () => at })
  for (const name of [workload, ...deployments]) cluster.deploy(name, { image: 'any:1' })
  for (const [name, selected] of Object.entries(services)) {
    const [namespace = '', service = ''] = name.split('/')
    cluster.service(namespace, service, selected)
  }
  const { uid } = cluster.currentOf(workload)
  cluster.setPods(
    workload,
    uid,
    pods.map(({ name }) => ({ name })),
  )
  if (deleted !== null && deleted <= at) cluster.remove(workload)
  return cluster
}

function inShort(resolution: Resolution): string[] {
  switch (resolution.kind) {
    case 'found':
      return ['found', workloadKey(resolution.workload), resolution.via]
    case 'ambiguous':
      return ['ambiguous', ...resolution.candidates.map(workloadKey), resolution.via]
    case 'none':
      return ['none']
  }
}

test.each(SCENARIOS.map((scenario) => [scenario.title, scenario] as const))(
  'the labels lead where the story says: %s',
  async (_, { story, moments }) => {
    for (const { at } of moments) {
      const { resolution, trigger, policy } = factsOfStory(story, at)
      // While the cluster does not answer nothing is looked up.
      if (resolution === null || trigger.kind !== 'alert') continue
      const found = await resolveWorkload({ cluster: clusterOf(story, at), labels: trigger.labels, services: policy.services })
      expect(inShort(found)).toEqual(inShort(resolution))
    }
  },
)

/** Stories whose past the player cannot make: rollbacks of before, blame, owners, a rollout that gave up, a deploy that nobody saw. */
function isPlayable({ story, moments }: Scenario): boolean {
  const { rollbacks, rollbacksElsewhere, deploys, owner, alert } = story
  const hasPast = rollbacks.length > 0 || rollbacksElsewhere.length > 0 || Object.keys(owner).length > 0
  const isOdd = deploys.some(({ blamed, seenAfterwards, gaveUp }) => blamed || seenAfterwards || gaveUp !== undefined)
  return !hasPast && !isOdd && !alert.doesNotAsk && moments[0]?.reason !== 'recovered_by_itself'
}

const PLAYED = SCENARIOS.filter(isPlayable)

test('most stories can be played', () => {
  expect(PLAYED.length).toBeGreaterThan(80)
})

test.each(PLAYED.map((scenario) => [scenario.title, scenario] as const))(
  'the engine decides it as told: %s',
  async (_, { story, moments }) => {
    const player = new StoryPlayer(story)
    const first = await player.begin()
    for (const moment of moments) {
      // An alert that is over is not decided again: its incident is closed.
      if (moment.reason === 'recovered_by_itself') break
      const { verdict, effect, reason, target, decideAgainAt, decidedAt } = moment === moments[0] ? first : await player.at(moment.at)
      expect({
        at: decidedAt - MINUTE_ZERO,
        verdict,
        effect,
        reason,
        target: moment.target === null ? null : target?.images[0],
        again: decideAgainAt === null ? null : decideAgainAt - MINUTE_ZERO,
      }).toEqual({
        at: moment.at,
        verdict: moment.verdict,
        effect: moment.effect,
        reason: moment.reason,
        target: moment.target,
        again: moment.again,
      })
    }
  },
)
