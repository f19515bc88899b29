/** Something else that manages a Deployment, and what it does to an undo. */
export interface Owner {
  kind: 'argo_cd' | 'flux_kustomization' | 'flux_helm_release' | 'helm' | 'controller'
  name: string
  /** `reverted`: the undo does not stick. `until_next_upgrade`: it sticks until the owner deploys the next time. */
  undo: 'reverted' | 'until_next_upgrade'
}

/** What a Deployment says of its owners. */
export interface OwnerMarks {
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  /** Its controlling owner reference. */
  controller?: { kind: string; name: string } | null
  /** Who wrote its fields: `managedFields[].manager`. */
  managers?: readonly string[]
}

/**
 * Who owns a Deployment, by the marks that owners leave; the one that would revert an undo soonest comes first. What an Argo CD
 * Application or a Flux object says of itself is not read: both are taken to revert. The label `app.kubernetes.io/instance` alone
 * is ambiguous and no mark.
 */
export function ownerOf({ labels, annotations, controller = null, managers = [] }: OwnerMarks): Owner | null {
  if (controller !== null) return { kind: 'controller', name: `${controller.kind} ${controller.name}`, undo: 'reverted' }
  const tracking = annotations['argocd.argoproj.io/tracking-id']
  if (tracking !== undefined) return { kind: 'argo_cd', name: tracking.split(':')[0] || tracking, undo: 'reverted' }
  if (managers.includes('argocd-controller')) {
    return { kind: 'argo_cd', name: labels['app.kubernetes.io/instance'] ?? 'argocd-controller', undo: 'reverted' }
  }
  const kustomization = named(labels, 'kustomize.toolkit.fluxcd.io')
  if (kustomization !== null && annotations['kustomize.toolkit.fluxcd.io/reconcile'] !== 'disabled') {
    return { kind: 'flux_kustomization', name: kustomization, undo: 'reverted' }
  }
  const helmRelease = named(labels, 'helm.toolkit.fluxcd.io')
  if (helmRelease !== null) return { kind: 'flux_helm_release', name: helmRelease, undo: 'until_next_upgrade' }
  const release = annotations['meta.helm.sh/release-name']
  if (release === undefined) return null
  const namespace = annotations['meta.helm.sh/release-namespace']
  return { kind: 'helm', name: namespace === undefined ? release : `${namespace}/${release}`, undo: 'until_next_upgrade' }
}

function named(labels: OwnerMarks['labels'], prefix: string): string | null {
  const name = labels[`${prefix}/name`]
  if (name === undefined) return null
  const namespace = labels[`${prefix}/namespace`]
  return namespace === undefined ? name : `${namespace}/${name}`
}
