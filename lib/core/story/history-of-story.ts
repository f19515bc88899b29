import type { Candidate, WorkloadFacts } from '../decision.ts'
import type { Deploy } from '../deploy.ts'
import type { JsonObject } from '../json.ts'
import { servedTimes } from '../served-time.ts'
import { materialText, templateImages, templateText } from '../template-fingerprint.ts'
import { IRREVERSIBLE_ANNOTATION, type RevisionRef } from '../workload.ts'
import type { DeployTold, Story } from './story.ts'
import { isWithin, MINUTE_ZERO, seconds, type Time } from './story-time.ts'

/** A template that became current, by a deploy or an undo. */
interface Stint {
  told: DeployTold
  revision: RevisionRef
  isIrreversible: boolean
}

type History = Pick<
  WorkloadFacts,
  | 'current'
  | 'candidates'
  | 'deploy'
  | 'openRollbackId'
  | 'lastRollbackEndedAt'
  | 'lastSucceededAt'
  | 'currentWasRolledBackTo'
  | 'currentCondemned'
  | 'currentIrreversible'
>

/** What cluster and record know of the workload's revisions and rollbacks at that time. */
export function historyOf(story: Story, at: Time): History {
  const stints = stintsUntil(story, at)
  const current = stints.at(-1) ?? null
  const done = story.rollbacks.filter(({ undone }) => undone !== null && undone <= at)
  const condemned = new Set(done.map(({ opened }) => stintsUntil(story, opened).at(-1)?.revision.materialFingerprint))
  const ended = story.rollbacks.flatMap(({ ended, end }) => (ended !== null && ended <= at ? [{ end, at: MINUTE_ZERO + ended }] : []))
  const open = story.rollbacks.find(({ opened, ended, end }) => end !== 'simulated' && isWithin({ from: opened, to: ended }, at))
  return {
    current: current?.revision ?? null,
    candidates: candidatesAmong(stints, { story, at, condemned }),
    deploy: current && deployOf(current.told, at),
    openRollbackId: open === undefined ? null : `rollback-${open.opened}`,
    lastRollbackEndedAt: latest(ended.map((one) => one.at)),
    lastSucceededAt: latest(ended.filter(({ end }) => end === 'succeeded').map((one) => one.at)),
    currentWasRolledBackTo: done.some(({ to, undone }) => current?.revision.uid === stintOf(story, to, undone ?? at)?.revision.uid),
    currentCondemned: current !== null && condemned.has(current.revision.materialFingerprint),
    currentIrreversible: current?.isIrreversible ?? false,
  }
}

/** Oldest first. A template that comes back is the ReplicaSet that it was, under the next number. */
export function stintsUntil(story: Story, at: Time): Stint[] {
  const undos = story.rollbacks.flatMap(({ to, undone }) => (undone === null ? [] : [{ ...deployToldOf(story, to, undone), at: undone }]))
  const events = [...story.deploys, ...undos].filter((one) => one.at <= at).sort((a, b) => a.at - b.at)
  const known: string[] = []
  return events.map((told, index) => {
    const template = templateOf(story, told)
    const text = templateText(template)
    if (!known.includes(text)) known.push(text)
    const id = known.indexOf(text) + 1
    const revision = {
      uid: `rs-${id}`,
      hash: `hash${id}`,
      number: index + 1,
      templateFingerprint: text,
      materialFingerprint: materialText(template),
      images: templateImages(template),
    }
    return { told, revision, isIrreversible: told.annotations?.[IRREVERSIBLE_ANNOTATION] === 'true' }
  })
}

/** The newest stint of that image before a time. */
export function stintOf(story: Story, image: string, before: Time): Stint | undefined {
  return stintsUntil(story, before).findLast(({ told }) => told.image === image)
}

function deployToldOf({ deploys }: Story, image: string, before: Time): DeployTold {
  const { complete: _, gaveUp: __, ...told } = deploys.findLast((one) => one.image === image && one.at < before) ?? { at: before, image }
  return told
}

/** The pod template as the cluster has it. */
export function templateOf({ workload }: Story, { image, env = {}, annotations = {} }: DeployTold): JsonObject {
  const [, name = ''] = workload.split('/')
  const variables = Object.entries(env).map(([variable, value]) => ({ name: variable, value }))
  return {
    metadata: { labels: { app: name }, annotations: { ...annotations } },
    spec: { containers: [{ name: 'main', image, env: variables }] },
  }
}

interface Known {
  story: Story
  at: Time
  condemned: ReadonlySet<string | undefined>
}

function candidatesAmong(stints: readonly Stint[], { story, at, condemned }: Known): Candidate[] {
  const current = stints.at(-1)
  if (current === undefined) return []
  const served = servedTimes({
    deploys: [...stints].reverse().map(({ told, revision }) => recordOf(told, revision, at)),
    currentUid: current.revision.uid,
    now: MINUTE_ZERO + at,
  })
  const newestFirst = [...new Map(stints.map((stint) => [stint.revision.uid, stint])).values()].reverse()
  const others = newestFirst.filter(({ revision }) => revision.uid !== current.revision.uid)
  // The controller prunes when a rollout is complete (`sync.go`, `cleanupDeployment`): until then its predecessor is there.
  const kept = Math.max(story.historyLimit, isComplete(current.told, at) ? 0 : 1)
  return others
    .sort((a, b) => b.revision.number - a.revision.number)
    .slice(0, kept)
    .map(({ told, revision, isIrreversible }) => ({
      ...revision,
      condemned: condemned.has(revision.materialFingerprint),
      served: served.get(revision.uid) ?? { ms: 0, source: 'watched' },
      ...(told.blamed && { blamed: true }),
      ...(isIrreversible && { irreversible: true }),
    }))
}

function recordOf(told: DeployTold, revision: RevisionRef, at: Time): Deploy {
  return { workloadId: 'workload-1', deploymentUid: 'deployment-1', revision, ...deployOf(told, at) }
}

function deployOf(told: DeployTold, at: Time) {
  const { gaveUp } = told
  const completedAt = isComplete(told, at) ? MINUTE_ZERO + completeOf(told) : null
  const lastsUntil = MINUTE_ZERO + (gaveUp !== undefined && gaveUp <= at ? gaveUp : at)
  const source = told.seenAfterwards ? ('replica_set' as const) : ('watched' as const)
  return { deployedAt: MINUTE_ZERO + told.at, source, completedAt, ...(completedAt === null && { lastsUntil }) }
}

/** Half a minute after the deploy if nothing else is told. */
export function completeOf({ at, complete }: DeployTold): Time {
  return complete === undefined ? at + seconds(30) : (complete ?? Number.POSITIVE_INFINITY)
}

function isComplete(told: DeployTold, at: Time): boolean {
  return completeOf(told) <= at
}

function latest(instants: readonly number[]): number | null {
  return instants.length === 0 ? null : Math.max(...instants)
}
