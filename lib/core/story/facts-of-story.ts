import type { DryRunAnswer, Facts, Trigger, WorkloadFacts } from '../decision.ts'
import { ownerOf } from '../owner.ts'
import { type Policy, resolvePolicy } from '../policy.ts'
import { pickTarget, targetAsked } from '../target-revision.ts'
import { workloadKey } from '../workload.ts'
import { historyOf, stintsUntil } from './history-of-story.ts'
import { inPrometheus, outsideOf, unheard } from './outside-of-story.ts'
import { labelsOf, resolutionOf } from './resolution-of-story.ts'
import type { Story } from './story.ts'
import { isWithin, MINUTE_ZERO, type Time } from './story-time.ts'

/**
 * What is known at one time of a story: the facts that the engine would gather then. All of it follows from what happened; nothing
 * that happens later is in it. Stage 2 is always asked, so that a test can take gates of stage 1 away.
 */
export function factsOfStory(story: Story, at: Time): Facts {
  const policy = resolvePolicy([{ mode: 'auto', ...story.policy }], story.modeAnnotation)
  const trigger = triggerOf(story, at)
  const resolution = resolutionOf(story, policy, at)
  const isThere = resolution?.kind === 'found' && workloadKey(resolution.workload) === keyOf(story)
  const workload = isThere ? workloadOf({ story, policy, trigger, at }) : null
  const { disabled = false, dryRun = false, paused } = story.control
  return {
    at: MINUTE_ZERO + at,
    trigger,
    resolution,
    workload,
    policy,
    control: {
      enabled: !disabled,
      paused: paused !== undefined && isWithin(paused, at) ? { until: instant(paused.to), scope: 'cluster' } : null,
      dryRun,
      mode: policy.mode,
    },
    clockSkewMs: story.clockSkew !== undefined && isWithin(story.clockSkew, at) ? story.clockSkew.by : 0,
    acted: actedUntil(story, at),
    others: story.others.filter(({ began }) => began <= at).map((one) => ({ workload: one.workload, onsetAt: MINUTE_ZERO + one.began })),
    outside: outsideOf(story, at, workload?.lastSucceededAt ?? null),
  }
}

function triggerOf(story: Story, at: Time): Trigger {
  const { rule, began, fired, received = fired, resolved = null } = story.alert
  const isSeen = unheard(story, 'prometheus', at) === null && inPrometheus(story, at) !== 'absent'
  return {
    kind: 'alert',
    episodeId: 'episode-1',
    fingerprint: rule.name,
    alertName: rule.name,
    labels: labelsOf(story),
    firing: resolved === null || at < resolved,
    startsAt: MINUTE_ZERO + fired,
    receivedAt: MINUTE_ZERO + received,
    onset: isSeen ? { at: MINUTE_ZERO + began, source: 'active_at' } : { at: MINUTE_ZERO + fired, source: 'starts_at' },
  }
}

interface Telling {
  story: Story
  policy: Policy
  trigger: Trigger
  at: Time
}

function workloadOf({ story, policy, trigger, at }: Telling): WorkloadFacts {
  const history = historyOf(story, at)
  const { current, candidates } = history
  const target = current && pickTarget(current, candidates, targetAsked({ trigger, policy })).target
  const [namespace = '', name = ''] = story.workload.split('/')
  return {
    ...history,
    ref: { namespace, kind: 'Deployment', name },
    uid: 'deployment-1',
    generation: stintsUntil(story, at).length,
    paused: story.deploymentPaused,
    ...ownerToldOf(story, at),
    dryRun: target && answerOf(story, at),
  }
}

function ownerToldOf({ owner: marks, ownerSays, silent }: Story, at: Time): Pick<WorkloadFacts, 'owner' | 'ownerSilent'> {
  const owner = ownerOf({ labels: {}, annotations: {}, ...marks })
  if (isWithin(silent.owners, at)) return owner === null ? { owner, ownerSilent: true } : { owner: { ...owner, known: 'silent' } }
  return { owner: owner === null || ownerSays === undefined ? owner : { ...owner, undo: ownerSays, known: 'object' } }
}

function answerOf({ patch }: Story, at: Time): DryRunAnswer {
  const kind = patch.findLast((one) => one.from <= at)?.answer ?? 'accepted'
  return kind === 'accepted' ? { kind } : { kind, message: 'as the API server said' }
}

/** Of this workload too. */
function actedUntil({ rollbacks, rollbacksElsewhere }: Story, at: Time): { at: number }[] {
  const own = rollbacks.filter(({ end }) => end !== 'simulated').map(({ opened }) => opened)
  const all = [...rollbacksElsewhere, ...own].filter((opened) => opened <= at)
  return all.sort((a, b) => a - b).map((opened) => ({ at: MINUTE_ZERO + opened }))
}

function keyOf({ workload }: Story): string {
  return workload.replace('/', '/Deployment/')
}

function instant(time: Time | null): number | null {
  return time === null ? null : MINUTE_ZERO + time
}
