import type { Owner } from './owner.ts'

/** `hold`: keeps the owner from putting its version back for now. `roll_back`: rolls back where the owner knows of it. */
export interface OwnerCommand {
  does: 'hold' | 'roll_back'
  command: string
}

/** What owners of the cluster are called, with or without a namespace. Who may annotate a Deployment could write anything there. */
const SAFE_NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)?$/

/**
 * The command with which a person makes an undo last; null: there is none, where the owner's object is is not known, or its
 * name is none that Kubernetes takes: a person copies it into a shell.
 */
export function ownerCommand({ kind, name, undo }: Pick<Owner, 'kind' | 'name' | 'undo'>): OwnerCommand | null {
  if (!SAFE_NAME.test(name)) return null
  const [namespace = '', object = ''] = name.split('/')
  const where = `${object} -n ${namespace}`
  // `argocd` knows an application by its name alone as well.
  if (kind === 'argo_cd') return undo === 'reverted' ? { does: 'hold', command: `argocd app set ${name} --self-heal=false` } : null
  if (object === '') return null
  if (kind === 'helm') return { does: 'roll_back', command: `helm rollback ${where}` }
  if (kind === 'argo_rollouts') return { does: 'roll_back', command: `kubectl argo rollouts undo ${where}` }
  if (undo !== 'reverted') return null
  if (kind === 'flux_kustomization') return { does: 'hold', command: `flux suspend kustomization ${where}` }
  return kind === 'flux_helm_release' ? { does: 'hold', command: `flux suspend helmrelease ${where}` } : null
}
