import type { Facts } from '../decision.ts'
import type { OutsideFacts } from '../outside-facts.ts'
import { judge, type Measurement } from '../signal.ts'
import { askLaterAt } from './ask-later.ts'
import { type Gate, type GateAnswer, hold, inconclusive, notApplicable, pass } from './gate.ts'

/**
 * 11. The alert really fires where Prometheus and Alertmanager are configured, and nobody has silenced it. A webhook is a hint: a leaked
 * token must not be able to undo a security fix. Nor is it confirmed while it fires on so few requests that a ratio of them says nothing.
 */
export const confirmed: Gate = {
  name: 'confirmed',
  kind: 'evidence',
  stage: 2,
  byHand: false,
  ask(facts) {
    const { outside } = facts
    if (outside === undefined) return notApplicable('not_built')
    if (outside === null) return inconclusive('source_silent', { source: 'prometheus' })
    const values = { prometheus: outside.prometheus, alertmanager: outside.alertmanager.state }
    if (outside.alertmanager.state === 'silenced') return silenced(outside.alertmanager.silencedUntil, facts)
    const denying = deniedBy(outside)
    if (denying !== null) return hold('not_confirmed', { ...values, source: denying }, askLaterAt(facts))
    const silent = (['prometheus', 'alertmanager'] as const).find((source) => values[source] === 'silent') ?? null
    if (silent !== null && facts.policy.whenBlind !== 'go_on') return inconclusive('source_silent', { ...values, source: silent })
    const requests = tooFewRequests(outside.now ?? null, facts.policy.minRequests)
    if (requests !== null) return inconclusive('too_few_requests', { ...values, requests, minRequests: facts.policy.minRequests })
    const isHeard = values.prometheus === 'firing' || values.alertmanager === 'firing'
    if (isHeard) return pass('confirmed', values)
    return silent === null ? notApplicable('source_not_configured', values) : notApplicable('source_silent', { ...values, source: silent })
  },
}

/** How many requests it fires on, if one failure among them is no rate; null: enough, or it is not about requests. */
function tooFewRequests(now: Measurement | null, minRequests: number): number | null {
  if (now === null || judge(now, minRequests).reason !== 'too_few_requests') return null
  return Math.floor(fewest(now))
}

function fewest(now: Measurement): number {
  switch (now.kind) {
    case 'comparison':
      return now.requests ?? Number.POSITIVE_INFINITY
    case 'unreadable':
      return Number.POSITIVE_INFINITY
    default:
      return Math.min(...now.parts.map(fewest))
  }
}

function deniedBy({ prometheus, alertmanager }: OutsideFacts): string | null {
  if (prometheus === 'absent' || prometheus === 'pending') return 'prometheus'
  return alertmanager.state === 'absent' ? 'alertmanager' : null
}

function silenced(silencedUntil: number | null, { at }: Facts): GateAnswer {
  const endsAt = silencedUntil !== null && silencedUntil > at ? silencedUntil : null
  return hold('silenced', { silencedUntil }, endsAt)
}
