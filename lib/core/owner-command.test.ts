import { expect, test } from 'vitest'
import type { OwnerKind, OwnerUndo } from './owner.ts'
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
