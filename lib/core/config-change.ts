import type { Deploy } from './deploy.ts'
import type { Instant } from './json.ts'
import type { TemplateReferences } from './template-references.ts'

export const CONFIG_KINDS = ['ConfigMap', 'Secret'] as const
export type ConfigKind = (typeof CONFIG_KINDS)[number]

/** A ConfigMap or Secret by its name. */
export interface ConfigRef {
  kind: ConfigKind
  name: string
}

/** What its metadata tells. Nothing of what it holds, not even the names of its keys. */
export interface ConfigMetadata {
  resourceVersion: string
  createdAt: Instant | null
  /** When its data was last written, by `managedFields`; null: the server or a writer kept none. */
  writtenAt: Instant | null
  /** Whether the server notes every write. One before 1.25 notes none that only gives a writer's own key another value. */
  tellsWrites: boolean
}

export type ConfigSeen = ConfigMetadata | 'gone' | 'not_allowed' | 'silent'

/** `unknown`: nothing says when it was written, or since when to count. */
export const CONFIG_STATES = ['changed', 'unchanged', 'unknown', 'gone', 'not_allowed', 'silent'] as const
export type ConfigState = (typeof CONFIG_STATES)[number]

/** One that a template reads, and whether it changed since the target was live. */
export interface ConfigChange extends ConfigRef {
  state: ConfigState
  /** When it was last written; null: not known. */
  changedAt: Instant | null
  /** It was made since: there was none of that name, or another. */
  isNew: boolean
  /** The template to go back to reads it too, and will find it as it is now. */
  inTarget: boolean
  resourceVersion: string | null
}

/** What became of the ConfigMaps and Secrets around a deploy. Shown, never decided by. */
export interface ConfigChanges {
  /** What was written from here on counts as changed; null: nobody knows when the target was live. */
  since: Instant | null
  of: ConfigChange[]
  /** How many more the templates read that were not looked at. */
  leftOut: number
}

/** A look asks once for each: a template may read a hundred. */
export const MOST_CONFIGS = 30
/**
 * A release writes its ConfigMap and then its Deployment, or the other way round: what changed this long before the deploy came
 * with it.
 */
export const CAME_WITH_IT_MS = 10 * 60_000

/** What both templates read, those that the target reads first. */
export function configsToLookAt(current: TemplateReferences | null, target: TemplateReferences | null) {
  const inTarget = target === null ? [] : refsOf(target)
  const known = new Set(inTarget.map(keyOf))
  const onlyNow = current === null ? [] : refsOf(current).filter((ref) => !known.has(keyOf(ref)))
  const all = [...inTarget.map((ref) => ({ ...ref, inTarget: true })), ...onlyNow.map((ref) => ({ ...ref, inTarget: false }))]
  return { refs: all.slice(0, MOST_CONFIGS), leftOut: Math.max(0, all.length - MOST_CONFIGS) }
}

function refsOf({ configMaps, secrets }: TemplateReferences): ConfigRef[] {
  return [
    ...configMaps.map((name): ConfigRef => ({ kind: 'ConfigMap', name })),
    ...secrets.map((name): ConfigRef => ({ kind: 'Secret', name })),
  ]
}

function keyOf({ kind, name }: ConfigRef): string {
  return `${kind}/${name}`
}

/**
 * When the target was live for the last time: the deploy that came after its own. Without a record of it, the deploy of the current
 * revision.
 *
 * @param deploys of the workload, newest first
 */
export function lastLiveAt(
  deploys: readonly Deploy[],
  { targetUid, currentUid }: { targetUid: string; currentUid: string },
): Instant | null {
  const at = deploys.findIndex(({ revision }) => revision.uid === targetUid)
  const after = at > 0 ? deploys[at - 1] : undefined
  return after?.deployedAt ?? deploys.find(({ revision }) => revision.uid === currentUid)?.deployedAt ?? null
}

/** From when on a write counts as one since then. */
export function countsSince(liveAt: Instant | null): Instant | null {
  return liveAt === null ? null : liveAt - CAME_WITH_IT_MS
}

/** Judges one by its metadata. A key that was only taken away leaves no time behind: `unchanged` means that no write was seen. */
export function judgeConfig(ref: ConfigRef & { inTarget: boolean }, seen: ConfigSeen, since: Instant | null): ConfigChange {
  const { kind, name, inTarget } = ref
  const base = { kind, name, inTarget, changedAt: null, isNew: false, resourceVersion: null }
  if (typeof seen === 'string') return { ...base, state: seen }
  const { createdAt, writtenAt, resourceVersion, tellsWrites } = seen
  const isNew = since !== null && createdAt !== null && createdAt >= since
  const changedAt = writtenAt ?? (isNew ? createdAt : null)
  const state = stateOf(changedAt, since)
  // A time that may be too old says nothing.
  if (state === 'unchanged' && !tellsWrites) return { ...base, state: 'unknown', resourceVersion }
  return { ...base, state, changedAt, isNew, resourceVersion }
}

function stateOf(changedAt: Instant | null, since: Instant | null): ConfigState {
  if (changedAt === null || since === null) return 'unknown'
  return changedAt >= since ? 'changed' : 'unchanged'
}

/**
 * Two looks within one incident. What was seen to change stays so. One of which no time tells has changed where its resourceVersion
 * moved between the looks.
 */
export function mergeConfigs(known: ConfigChanges | undefined, fresh: ConfigChanges | undefined): ConfigChanges | undefined {
  if (known === undefined || fresh === undefined) return fresh ?? known
  const before = new Map(known.of.map((one) => [keyOf(one), one]))
  const merged = fresh.of.map((now) => later(before.get(keyOf(now)), now))
  const gone = known.of.filter((one) => one.state === 'changed' && !fresh.of.some((now) => keyOf(now) === keyOf(one)))
  return { since: fresh.since ?? known.since, of: [...merged, ...gone], leftOut: Math.max(known.leftOut, fresh.leftOut) }
}

function later(before: ConfigChange | undefined, now: ConfigChange): ConfigChange {
  if (before === undefined || now.state === 'changed') return now
  if (before.state === 'changed' || now.state === 'silent') return before
  const moved = before.resourceVersion !== null && now.resourceVersion !== null && before.resourceVersion !== now.resourceVersion
  return now.state === 'unknown' && moved ? { ...now, state: 'changed' } : now
}
