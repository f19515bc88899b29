import { setDryRun } from '../../lib/engine/change-control.ts'
import { requestRollback } from '../../lib/engine/request-rollback.ts'
import type { HistoryWorld, PastAlert } from './history-world.ts'
import { pastInspection, pastPod } from './past-pods.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** How long after the last error the rule's ranges still hold it, and the alert fires on. */
const ALERT_CLEARS_AFTER_MS = 45 * SECOND

/** Something that happened: it moves the world's clock. */
export type PastEvent = (world: HistoryWorld) => Promise<void>

export interface BadDeploy extends PastAlert {
  image: string
  /** What the rule's left side measures while it is bad. */
  value: number
  /** From the deploy to the first sign. */
  onsetMs: number
  /** From the first sign to Alertmanager's call. */
  detectMs: number
  rolloutMs?: number
  /** Null: the rollback heals it. Else it stays ill for so long, whatever runs. */
  illForMs?: number
}

/** A version is deployed that fails; the alert fires, and the engine does what it does. */
export function badDeploy(story: BadDeploy): PastEvent {
  return async (world) => {
    const { workload, value, onsetMs, detectMs, rolloutMs = 25 * SECOND, illForMs = 0 } = story
    await world.deploy(workload, story.image, 15 * SECOND)
    const badRevision = world.cluster.currentOf(workload).uid
    await world.pass(Math.max(0, onsetMs - 15 * SECOND))
    const activeAt = world.now
    const isIll = () => world.now < activeAt + illForMs || world.cluster.currentOf(workload).uid === badRevision
    world.measure(story, () => (isIll() ? value : wellValue(story)))
    await world.pass(detectMs)
    await showPods(world, story)
    await world.fire(story, activeAt)
    await world.pass(2 * SECOND)
    const wasUndone = world.cluster.currentOf(workload).uid !== badRevision
    if (wasUndone) {
      await world.pass(rolloutMs)
      await world.finishRollout(workload)
    }
    // What a rollback did not heal, people do.
    await world.pass(wasUndone ? Math.max(ALERT_CLEARS_AFTER_MS, illForMs) : 18 * MINUTE)
    if (!wasUndone) await world.deploy(workload, fixedImage(story.image))
    world.measure(story, () => wellValue(story))
    await world.resolve(story, activeAt)
    await world.pass(25 * MINUTE)
  }
}

/** An alert that no deploy explains; it goes as it came. */
export function trouble(story: PastAlert & { value: number; forMs: number }): PastEvent {
  return async (world) => {
    const activeAt = world.now
    world.measure(story, () => story.value)
    await world.pass(70 * SECOND)
    await world.fire(story, activeAt)
    await world.pass(story.forMs)
    world.measure(story, () => 0)
    await world.resolve(story, activeAt)
    await world.pass(MINUTE)
  }
}

export function deploy(workload: string, image: string): PastEvent {
  return (world) => world.deploy(workload, image)
}

export function rollBackByHand(workload: string, { by, reason }: { by: string; reason: string }): PastEvent {
  return async (world) => {
    await world.pass(9 * MINUTE)
    const ref = world.refOf(workload)
    const [image = ''] = world.cluster.currentOf(workload).images
    await showPods(world, { name: null, workload, image })
    await requestRollback(world.deps, { caller: world.caller(by), workload: ref, toRevisionUid: null, reason, condemn: true })
    await world.pass(23 * SECOND)
    await world.finishRollout(workload)
    await world.pass(25 * MINUTE)
  }
}

export function turnDryRunOff({ by, reason }: { by: string; reason: string }): PastEvent {
  return async (world) => {
    await setDryRun(world.deps, { caller: world.caller(by), reason, version: null, on: false, until: null })
  }
}

/** What there is to see of the bad pods while they are there; `name` is null where no alert found them. */
async function showPods(
  world: HistoryWorld,
  { name, workload, image }: Pick<BadDeploy, 'workload' | 'image'> & { name: BadDeploy['name'] | null },
): Promise<void> {
  const { uid } = world.cluster.currentOf(workload)
  const pods = await world.cluster.pods(world.refOf(workload), uid)
  world.cluster.setPods(
    workload,
    uid,
    pods.map((pod) => pastPod(name, pod.name)),
  )
  for (const pod of pods) world.cluster.inspections.set(pod.name, pastInspection(name, { image, at: world.now }))
}

/** Pods that are well do not restart; some requests always fail, and some are slow. */
function wellValue({ name, value }: BadDeploy): number {
  return name === 'EdgeLinkPodCrashLooping' ? 0 : value / 20
}

/** The next patch version: what the team deploys when it has found the fault. */
function fixedImage(image: string): string {
  return image.replace(/(\d+)$/, (patch) => String(Number(patch) + 1))
}
