import type { Labels } from '../alert.ts'
import type { Resolution } from '../decision.ts'
import type { Policy } from '../policy.ts'
import type { WorkloadRef } from '../workload.ts'
import type { Story } from './story.ts'
import { isWithin, type Time } from './story-time.ts'

/**
 * Where the alert's labels lead in the story's small cluster, by the rules of `resolve-workload`: exported labels win, the most exact
 * one decides. Null: the cluster does not answer.
 */
export function resolutionOf(story: Story, { services }: Policy, at: Time): Resolution | null {
  if (isWithin(story.silent.kubernetes, at)) return null
  const labels = labelsOf(story)
  const prefix = ['deployment', 'pod', 'service'].some((name) => `exported_${name}` in labels) ? 'exported_' : ''
  const namespace = labels['exported_namespace'] ?? labels['namespace']
  const [deployment, pod, service] = ['deployment', 'pod', 'service'].map((name) => labels[`${prefix}${name}`])
  const there = story.deleted !== null && story.deleted <= at ? story.deployments : [story.workload, ...story.deployments]
  if (namespace !== undefined && deployment !== undefined) {
    return only(there.includes(`${namespace}/${deployment}`) ? [`${namespace}/${deployment}`] : [], 'deployment')
  }
  if (namespace !== undefined && pod !== undefined) {
    const owned = story.pods.some(({ name }) => name === pod) && there.includes(story.workload)
    return only(owned ? [story.workload] : [], 'pod')
  }
  const fits = (key: string) => key.endsWith(`/${service}`) && (namespace === undefined || key.startsWith(`${namespace}/`))
  const mapped = services.filter((one) => one.service === service).map(({ workload }) => `${workload.namespace}/${workload.name}`)
  if (mapped.length > 0) return only(mapped, 'policy')
  const selected = Object.entries(story.services).flatMap(([key, found]) => (fits(key) ? found : []))
  return selected.length > 0 ? only(selected, 'service selector') : only(there.filter(fits), 'service name')
}

/** As they come with the delivery. */
export function labelsOf({ workload, alert }: Story): Labels {
  const [namespace = '', deployment = ''] = workload.split('/')
  return {
    alertname: alert.rule.name,
    ...(!alert.doesNotAsk && { auto_rollback: 'true' }),
    ...(alert.labels ?? { namespace, deployment }),
  }
}

function only(keys: readonly string[], via: string): Resolution {
  const distinct = [...new Set(keys)].map(refOf)
  const [first, ...more] = distinct
  if (first === undefined) return { kind: 'none', tried: [via] }
  return more.length === 0 ? { kind: 'found', workload: first, via } : { kind: 'ambiguous', candidates: distinct, via }
}

function refOf(key: string): WorkloadRef {
  const [namespace = '', name = ''] = key.split('/')
  return { namespace, kind: 'Deployment', name }
}
