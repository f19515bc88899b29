import { expect, test } from 'vitest'
import { type OwnerMarks, ownerOf } from './owner.ts'

const CHECKOUT = { namespace: 'shop', kind: 'Deployment', name: 'checkout' } as const

test.each<[string, Partial<OwnerMarks>, string | null]>([
  ['nothing', {}, null],
  [
    'Argo CD by its tracking id',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/checkout' } },
    'argo_cd shop reverted',
  ],
  [
    'Argo CD, of an Application in a namespace of its own',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'teams_shop:apps/Deployment:shop/checkout' }, ref: CHECKOUT },
    'argo_cd teams/shop reverted',
  ],
  [
    'a tracking id that names another object: it came with a copy',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:other/checkout' }, ref: CHECKOUT },
    null,
  ],
  [
    'Argo CD by who wrote the fields',
    { managers: ['kubectl', 'argocd-controller'], labels: { 'app.kubernetes.io/instance': 'shop' } },
    'argo_cd shop reverted',
  ],
  ['the instance label alone: ambiguous', { labels: { 'app.kubernetes.io/instance': 'shop' } }, null],
  [
    'a Flux Kustomization',
    { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' } },
    'flux_kustomization flux-system/apps reverted',
  ],
  [
    'a Flux Kustomization that is told to let it be',
    {
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' },
      annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' },
    },
    'flux_kustomization apps sticks',
  ],
  [
    'a Flux Kustomization that made it once and never applies it again',
    { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' } },
    'flux_kustomization apps sticks',
  ],
  [
    'Helm before a Kustomization that is told to let it be',
    {
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' },
      annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled', 'meta.helm.sh/release-name': 'shop' },
    },
    'helm shop until_next_upgrade',
  ],
  [
    'a Flux HelmRelease, whose objects carry Helm’s marks too',
    {
      labels: { 'helm.toolkit.fluxcd.io/name': 'shop', 'helm.toolkit.fluxcd.io/namespace': 'shop' },
      annotations: { 'meta.helm.sh/release-name': 'shop' },
    },
    'flux_helm_release shop/shop until_next_upgrade',
  ],
  [
    'Helm',
    { annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'edgelink' } },
    'helm edgelink/shop until_next_upgrade',
  ],
  ['a label of Helm alone', { labels: { 'app.kubernetes.io/managed-by': 'Helm' } }, null],
  ['a controller', { controller: { kind: 'Canary', name: 'checkout' } }, 'controller Canary checkout reverted'],
  [
    'a controller before all others',
    { controller: { kind: 'Canary', name: 'checkout' }, annotations: { 'meta.helm.sh/release-name': 'shop' } },
    'controller Canary checkout reverted',
  ],
])('the owner by %s', (_, marks, expected) => {
  const owner = ownerOf({ labels: {}, annotations: {}, ...marks })
  expect(owner && `${owner.kind} ${owner.name} ${owner.undo}`).toBe(expected)
})
