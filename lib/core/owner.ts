import type { Instant } from './json.ts'
import type { WorkloadRef } from './workload.ts'

export const OWNER_KINDS = ['argo_cd', 'flux_kustomization', 'flux_helm_release', 'helm', 'argo_rollouts', 'flagger', 'controller'] as const
export type OwnerKind = (typeof OWNER_KINDS)[number]

/**
 * What becomes of an undo. `reverted`: it does not stick. `until_next_…`: it sticks until the owner deploys the next time, by itself
 * (a commit) or because somebody asks (a sync, an upgrade). `until_resumed`: the owner is suspended. `sticks`: the owner is told to leave
 * this Deployment alone.
 */
export const OWNER_UNDOS = ['reverted', 'until_next_commit', 'until_next_sync', 'until_next_upgrade', 'until_resumed', 'sticks'] as const
export type OwnerUndo = (typeof OWNER_UNDOS)[number]

/**
 * How that is known: `object`: the owner's own object says so. `marks`: there is none to read, the Deployment's labels and annotations
 * say all. The others: it could not be read, so the marks count, and the worst of what such an owner does.
 */
export const OWNER_KNOWN = ['object', 'marks', 'not_allowed', 'not_found', 'silent'] as const
export type OwnerKnown = (typeof OWNER_KNOWN)[number]

/** Something else that manages a Deployment, and what it does to an undo. What records of before it was asked lack is optional. */
export interface Owner {
  kind: OwnerKind
  /** `namespace/name` where its object is, as far as that is known. */
  name: string
  undo: OwnerUndo
  /** Of `reverted`: at most how long it takes, in milliseconds. */
  revertsWithinMs?: number
  known?: OwnerKnown
  /** What it deployed last: a commit, a release's number. Another one than before: it deployed since. */
  revision?: string
  /** Whether the cluster is as it wants this Deployment, by its own word at `comparedAt`. */
  inSync?: boolean
  comparedAt?: Instant
}

/** What a Deployment says of its owners. */
export interface OwnerMarks {
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  /** Absent: its own name is not known, and a tracking id is believed. */
  ref?: WorkloadRef
  /** Its controlling owner reference. */
  controller?: { kind: string; name: string } | null
  /** Who wrote its fields: `managedFields[].manager`. */
  managers?: readonly string[]
}

/** Argo CD's default `--self-heal-timeout-seconds` (argo-cd `docs/user-guide/auto_sync.md`). */
export const SELF_HEAL_MS = 5_000

/**
 * Who owns a Deployment, by the marks that owners leave; the one that would revert an undo soonest comes first. What the owner's object says
 * of itself is not known here: Argo CD and a Flux Kustomization are taken to revert. The label `app.kubernetes.io/instance` alone is
 * ambiguous and no mark; nor is a tracking id that names another object, which came with a copy (argo-cd `docs/user-guide/resource_tracking.md`).
 */
export function ownerOf(marks: OwnerMarks): Owner | null {
  const { labels, annotations, controller = null } = marks
  if (controller !== null) return { kind: 'controller', name: `${controller.kind} ${controller.name}`, undo: 'reverted', known: 'marks' }
  const application = applicationOf(marks)
  if (application !== null) return { kind: 'argo_cd', name: application, undo: 'reverted', revertsWithinMs: SELF_HEAL_MS, known: 'marks' }
  const kustomization = named(labels, 'kustomize.toolkit.fluxcd.io')
  const isLeftAlone = kustomization !== null && isToldToLeaveAlone(marks)
  if (kustomization !== null && !isLeftAlone) return { kind: 'flux_kustomization', name: kustomization, undo: 'reverted', known: 'marks' }
  const helmRelease = named(labels, 'helm.toolkit.fluxcd.io')
  if (helmRelease !== null) return { kind: 'flux_helm_release', name: helmRelease, undo: 'until_next_upgrade', known: 'marks' }
  const release = annotations['meta.helm.sh/release-name']
  if (release === undefined) return isLeftAlone ? { kind: 'flux_kustomization', name: kustomization, undo: 'sticks', known: 'marks' } : null
  const namespace = annotations['meta.helm.sh/release-namespace']
  return { kind: 'helm', name: inNamespace(namespace, release), undo: 'until_next_upgrade', known: 'marks' }
}

/**
 * The Application in the tracking id `<app>:<group>/<kind>:<namespace>/<name>`, or in the label of older set-ups. One outside Argo CD's own
 * namespace is called `<namespace>_<name>` there (argo-cd `Application.InstanceName`): no Kubernetes name has an underscore.
 */
function applicationOf({ labels, annotations, ref, managers = [] }: OwnerMarks): string | null {
  const tracking = annotations['argocd.argoproj.io/tracking-id']
  if (tracking !== undefined) {
    const [app = '', kind = '', object = ''] = tracking.split(':')
    const isItsOwn = ref === undefined || (kind === 'apps/Deployment' && object === `${ref.namespace}/${ref.name}`)
    return isItsOwn ? (app || tracking).replace('_', '/') : null
  }
  if (!managers.includes('argocd-controller')) return null
  return (labels['app.kubernetes.io/instance'] ?? 'argocd-controller').replace('_', '/')
}

/** As label or annotation (fluxcd/kustomize-controller `docs/spec/v1/kustomizations.md`). */
function isToldToLeaveAlone({ labels, annotations }: OwnerMarks): boolean {
  const says = (key: string) => annotations[key] ?? labels[key] ?? ''
  const apply = says('kustomize.toolkit.fluxcd.io/ssa').toLowerCase()
  return says('kustomize.toolkit.fluxcd.io/reconcile').toLowerCase() === 'disabled' || apply === 'ignore' || apply === 'ifnotpresent'
}

function named(labels: OwnerMarks['labels'], prefix: string): string | null {
  const name = labels[`${prefix}/name`]
  return name === undefined ? null : inNamespace(labels[`${prefix}/namespace`], name)
}

function inNamespace(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`
}
