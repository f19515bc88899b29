import type { Snapback } from './snapback.ts'
import { until } from './until.ts'

/** What the tests read of a decision on the wire. */
export interface WireDecision {
  effect: string
  verdict: string
  reason: string
  decideAgainAt: string | null
  checks: { gate: string; answer: string; reason: string; values: Record<string, unknown> }[]
}

interface Named {
  namespace: string
  name: string
}

/** Decisions about a workload, newest first; with `alert`, those of that alert. */
export async function decisionsOf(api: Snapback, { namespace, name }: Named, alert?: string): Promise<WireDecision[]> {
  const { items } = await api.get<{ items: WireDecision[] }>(`/api/decisions?namespace=${namespace}&name=${name}`)
  return items.filter((one) => alert === undefined || checkOf(one, 'asked').values['alert'] === alert)
}

/** The newest decision, once it fits. If none does, the error tells what there was. */
export function untilDecided(
  api: Snapback,
  workload: Named,
  alert: string,
  fits: (decision: WireDecision) => boolean = () => true,
): Promise<WireDecision> {
  return until(`a decision on ${alert} of ${workload.name}`, 90_000, async () => {
    const decided = await decisionsOf(api, workload, alert)
    const [newest] = decided
    if (newest && fits(newest)) return newest
    throw new Error(`decided: ${decided.map(({ effect, reason }) => `${effect} ${reason}`).join(', ') || 'nothing'}`)
  })
}

export function checkOf({ checks }: WireDecision, gate: string): WireDecision['checks'][number] {
  const found = checks.find((check) => check.gate === gate)
  if (found === undefined) throw new Error(`the decision has no check of ${gate}`)
  return found
}
