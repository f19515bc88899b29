import { expect, test } from 'vitest'
import type { Resolution } from '../core/decision.ts'
import { SCENARIOS } from '../core/scenarios/scenario-list.ts'
import { factsOfStory } from '../core/story/facts-of-story.ts'
import type { Story } from '../core/story/story.ts'
import type { Time } from '../core/story/story-time.ts'
import { workloadKey } from '../core/workload.ts'
import { FakeCluster } from '../testing/fake-cluster.ts'
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
