import type { Snapback } from '../snapback.ts'
import { NAMESPACE } from './world.ts'

export interface KnownPage {
  name: string
  path: string
}

const WORKLOAD = `/workloads/${NAMESPACE}/Deployment/checkout`

/** Every page of somebody who is signed in; of incidents and rollbacks one for each end that the history has. */
export async function everyPage(api: Snapback): Promise<KnownPage[]> {
  const [incidents, rollbacks] = await Promise.all([
    api.get<{ items: { id: string; outcome: string | null }[] }>('/api/incidents?limit=100'),
    api.get<{ items: { id: string; phase: string; trigger: string }[] }>('/api/rollbacks?limit=100'),
  ])
  return [
    { name: 'now', path: '/' },
    { name: 'workloads', path: '/workloads' },
    { name: 'workload', path: WORKLOAD },
    { name: 'roll-back', path: `${WORKLOAD}/roll-back` },
    ...onePer(incidents.items, ({ outcome }) => outcome ?? 'open').map(([end, { id }]) => ({
      name: `incident-${end}`,
      path: `/incidents/${id}`,
    })),
    ...onePer(rollbacks.items, ({ phase, trigger }) => `${phase}-by-${trigger}`).map(([end, { id }]) => ({
      name: `rollback-${end}`,
      path: `/rollbacks/${id}`,
    })),
    { name: 'not-found', path: '/nowhere' },
  ].map(({ name, path }) => ({ name: name.replaceAll('_', '-'), path }))
}

function onePer<T>(items: readonly T[], keyOf: (item: T) => string): [string, T][] {
  return [...new Map(items.map((item) => [keyOf(item), item]))]
}
