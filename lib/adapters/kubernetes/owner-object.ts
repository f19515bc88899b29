import { isObject, type JsonObject, objectAt } from '../../core/json.ts'
import { type Owner, SELF_HEAL_MS } from '../../core/owner.ts'
import type { WorkloadRef } from '../../core/workload.ts'
import { instant, numberAt, objectsAt, textAt, texts } from './project.ts'

/** What an owner's own object says of an undo, and of what it deployed last. */
export type OwnerSays = Pick<Owner, 'undo' | 'revertsWithinMs' | 'revision' | 'inSync' | 'comparedAt'>

/**
 * An Argo CD Application. Without `automated`, or with `enabled: false` in it, nothing is synced by itself; `selfHeal` decides whether a
 * change in the cluster is undone (argo-cd `docs/user-guide/auto_sync.md`); the annotation `skip-reconcile` stops it altogether
 * (`docs/user-guide/skip_reconcile.md`). `status.resources` has the word on each object, compared at `reconciledAt`.
 */
export function applicationSays(raw: JsonObject, { namespace, name }: WorkloadRef): OwnerSays {
  const status = objectAt(raw, 'status')
  const revision = textAt(objectAt(status, 'sync'), 'revision')
  const comparedAt = instant(status['reconciledAt'])
  const isIt = (one: JsonObject) => one['kind'] === 'Deployment' && one['name'] === name && one['namespace'] === namespace
  const sync = textAt(objectsAt(status, 'resources').find(isIt) ?? {}, 'status')
  return {
    ...undoByApplication(raw),
    ...(revision !== '' && { revision }),
    ...(sync !== '' && comparedAt !== null && { inSync: sync === 'Synced', comparedAt }),
  }
}

function undoByApplication(raw: JsonObject): OwnerSays {
  const annotations = texts(objectAt(objectAt(raw, 'metadata'), 'annotations'))
  if (annotations['argocd.argoproj.io/skip-reconcile'] === 'true') return { undo: 'until_resumed' }
  const automated = objectAt(objectAt(raw, 'spec'), 'syncPolicy')['automated']
  if (!isObject(automated) || automated['enabled'] === false) return { undo: 'until_next_sync' }
  return automated['selfHeal'] === true ? { undo: 'reverted', revertsWithinMs: SELF_HEAL_MS } : { undo: 'until_next_commit' }
}

/** A Flux Kustomization: applied again every `interval` (fluxcd/kustomize-controller `docs/spec/v1/kustomizations.md`). */
export function kustomizationSays(raw: JsonObject): OwnerSays {
  const revision = textAt(objectAt(raw, 'status'), 'lastAppliedRevision')
  const deployed = revision === '' ? {} : { revision }
  if (objectAt(raw, 'spec')['suspend'] === true) return { undo: 'until_resumed', ...deployed }
  return { ...revertedAtInterval(raw), ...deployed }
}

/**
 * A Flux HelmRelease: upgraded when its chart or values change; what drifted is put back only where `driftDetection.mode` is `enabled` and
 * the object does not opt out (fluxcd/helm-controller `docs/spec/v2/helmreleases.md`). Its `ignore` rules are not read.
 */
export function helmReleaseSays(raw: JsonObject, marks: { labels: Texts; annotations: Texts }): OwnerSays {
  const status = objectAt(raw, 'status')
  // v2 keeps a history, newest first; v2beta1 the number alone.
  const number = numberAt(objectsAt(status, 'history')[0] ?? {}, 'version') ?? numberAt(status, 'lastReleaseRevision')
  const deployed = number === null ? {} : { revision: String(number) }
  const spec = objectAt(raw, 'spec')
  if (spec['suspend'] === true) return { undo: 'until_resumed', ...deployed }
  const optOut = marks.annotations[DRIFT_DETECTION] ?? marks.labels[DRIFT_DETECTION]
  const mendsDrift = textAt(objectAt(spec, 'driftDetection'), 'mode') === 'enabled' && optOut !== 'disabled'
  return { ...(mendsDrift ? revertedAtInterval(raw) : { undo: 'until_next_upgrade' as const }), ...deployed }
}

type Texts = Readonly<Record<string, string>>
const DRIFT_DETECTION = 'helm.toolkit.fluxcd.io/driftDetection'

function revertedAtInterval(raw: JsonObject): OwnerSays {
  const within = goDurationMs(textAt(objectAt(raw, 'spec'), 'interval'))
  return { undo: 'reverted', ...(within !== null && { revertsWithinMs: within }) }
}

/** The Deployment that a Rollout (`workloadRef`) or a Canary (`targetRef`) takes over; null: none. */
export function takenOver(raw: JsonObject, field: 'workloadRef' | 'targetRef'): string | null {
  const reference = objectAt(objectAt(raw, 'spec'), field)
  return reference['kind'] === 'Deployment' ? textAt(reference, 'name') : null
}

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 }

/** `10m0s` in milliseconds; null: no such duration. */
export function goDurationMs(text: string): number | null {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return null
  return parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (UNIT_MS[unit] ?? 0), 0)
}
