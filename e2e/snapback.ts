import type { RunningApp } from '../lib/testing/app.ts'
import { until } from './until.ts'

/** The application as a script uses it: HTTP with an API token. */
export interface Snapback {
  get<T>(path: string): Promise<T>
  send<T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<T>
}

/** @throws for every answer that is no 2xx, with its problem */
export function snapback(app: Pick<RunningApp, 'url'>, token: string): Snapback {
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${app.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return JSON.parse(text)
  }
  return { get: (path) => call('GET', path), send: (method, path, body) => call(method, path, body) }
}

/** What the tests read of a rollback on the wire. */
export interface WireRollback {
  id: string
  version: number
  phase: string
  incidentId: string | null
  dryRun: boolean
  from: { number: number; uid: string; images: string[] }
  to: { number: number; uid: string; images: string[] }
  outcome: { reason: string; detail: string | null } | null
  clocks: Record<(typeof CLOCKS)[number], string | null> & { parts: Record<string, number | null> }
}

/** In the order in which they have to come. */
export const CLOCKS = ['deployedAt', 'startedAt', 'receivedAt', 'decidedAt', 'undoneAt', 'restoredAt', 'mitigatedAt', 'verifiedAt'] as const

export interface WireIncident {
  incident: { id: string; closedAt: string | null; outcome: string | null; startedAtSource: string }
  rollbacks: WireRollback[]
  evidence: {
    revision: { images: string[] }
    podCount: number | null
    pods: { name: string }[] | string
    diff: { kind: string }[] | null
  }[]
  timeline: { kind: string; at: string; actor: { kind: string; name?: string }; data: Record<string, unknown> }[]
}

export async function rollbacksOf(api: Snapback, namespace: string, name: string): Promise<WireRollback[]> {
  const { items } = await api.get<{ items: WireRollback[] }>(`/api/rollbacks?namespace=${namespace}&name=${name}`)
  return items
}

/** The workload's newest rollback, once it is in one of the phases. */
export function untilPhase(
  api: Snapback,
  workload: { namespace: string; name: string },
  phases: string[],
  withinMs: number,
): Promise<WireRollback> {
  return until(`a rollback of ${workload.name} that is ${phases.join(' or ')}`, withinMs, async () => {
    const [newest] = await rollbacksOf(api, workload.namespace, workload.name)
    return newest && phases.includes(newest.phase) ? newest : null
  })
}

/** Until Snapback knows the deploy of that image, so that an alert can be attributed to it. */
export function untilDeployKnown(api: Snapback, workload: { namespace: string; name: string }, image: string): Promise<true> {
  return until(`the deploy of ${image} to be recorded`, 20_000, async () => {
    const detail = await api.get<{ current: { revision: { images: string[] } } | null }>(
      `/api/workloads/${workload.namespace}/Deployment/${workload.name}`,
    )
    return detail.current?.revision.images[0] === image ? true : null
  })
}
