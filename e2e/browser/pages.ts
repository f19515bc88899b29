import type { Snapback } from '../snapback.ts'
import { NAMESPACE } from './world.ts'

export interface KnownPage {
  name: string
  path: string
  /** Whom it shows the most; an operator unless told. */
  as?: 'operator' | 'admin'
}

const WORKLOAD = `/workloads/${NAMESPACE}/Deployment/checkout`

/** Other settings to try: a mode, a time, rows. */
const TRIED = encodeURIComponent(
  JSON.stringify({
    fields: {
      mode: 'suggest',
      attributionWindowMs: 60_000,
      freeze: [{ kind: 'weekly', days: ['fri', 'sat'], from: '18:00', to: '08:00', timeZone: 'Europe/Berlin', reason: 'weekend' }],
    },
    scope: null,
  }),
)

/** Every page of somebody who is signed in; of incidents and rollbacks one for each end that the history has. */
export async function everyPage(api: Snapback): Promise<KnownPage[]> {
  const [incidents, rollbacks, decisions] = await Promise.all([
    api.get<{ items: { id: string; outcome: string | null }[] }>('/api/incidents?limit=100'),
    api.get<{ items: { id: string; phase: string; trigger: string }[] }>('/api/rollbacks?limit=100'),
    api.get<{ items: { id: string; verdict: string; trigger: string }[] }>('/api/decisions?limit=100'),
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
    { name: 'policies', path: '/policies', as: 'admin' as const },
    { name: 'policy-of-cluster', path: '/policies/cluster', as: 'admin' as const },
    { name: 'policy-of-namespace', path: `/policies/namespaces/${NAMESPACE}` },
    { name: 'policy-of-workload', path: `/policies/workloads/${NAMESPACE}/Deployment/checkout`, as: 'admin' as const },
    { name: 'replay-range', path: '/replay?days=14' },
    { name: 'replay-range-tried', path: `/replay?days=14&edit=${TRIED}` },
    ...onePer(
      decisions.items.filter(({ trigger }) => trigger === 'alert'),
      ({ verdict }) => verdict,
    ).flatMap(([verdict, { id }]) => [
      { name: `replay-${verdict}`, path: `/replay/${id}` },
      { name: `replay-${verdict}-tried`, path: `/replay/${id}?edit=${TRIED}` },
    ]),
    { name: 'not-found', path: '/nowhere' },
  ].map((page) => ({ ...page, name: page.name.replaceAll('_', '-') }))
}

function onePer<T>(items: readonly T[], keyOf: (item: T) => string): [string, T][] {
  return [...new Map(items.map((item) => [keyOf(item), item]))]
}
