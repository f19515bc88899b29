import type { Facts } from '../decision.ts'
import { never } from '../never.ts'
import type { OutsideFacts } from '../outside-facts.ts'
import { judge, type Measurement } from '../signal.ts'
import { askLaterAt, askWhilePendingAt, lookAgainAt } from './ask-later.ts'
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
    if (denying !== null) {
      const isPending = denying === 'prometheus' && outside.prometheus === 'pending'
      return hold('not_confirmed', { ...values, source: denying }, (isPending ? askWhilePendingAt : askLaterAt)(facts, 'not_confirmed'))
    }
    const silent = silentOf(outside)
    if (silent !== null && facts.policy.whenBlind !== 'go_on') return inconclusive('source_silent', { ...values, source: silent })
    const requests = tooFewRequests(outside.now ?? null, facts.policy.minRequests)
    if (requests !== null) return inconclusive('too_few_requests', { ...values, requests, minRequests: facts.policy.minRequests })
    const isHeard = values.prometheus === 'firing' || values.alertmanager === 'firing'
    if (isHeard) return pass('confirmed', values)
    return silent === null ? notApplicable('source_not_configured', values) : notApplicable('source_silent', { ...values, source: silent })
  },
}

/** How many requests it fires on, if one failure among them is no rate; null: enough, or it is not about requests. */
function tooFewRequests(now: OutsideFacts['now'] | null, minRequests: number): number | null {
  if (now == null || now === 'silent') return null
  switch (now.kind) {
    case 'unreadable':
      return null
    // However seldom it was scraped, and whatever it reads: two requests are two requests.
    case 'comparison':
      return now.requests !== null && now.requests < minRequests ? Math.floor(now.requests) : null
    case 'any':
      return now.parts.some((part) => judge(part, minRequests).health === 'unhealthy') ? null : fewest(now.parts, minRequests)
    case 'all':
      return fewest(now.parts, minRequests)
    default:
      return never(now)
  }
}

function fewest(parts: readonly Measurement[], minRequests: number): number | null {
  const few = parts.flatMap((part) => tooFewRequests(part, minRequests) ?? [])
  return few.length === 0 ? null : Math.min(...few)
}

/** Prometheus is silent too while it shows the alert and does not say how many requests stand behind it. */
function silentOf({ prometheus, alertmanager, now }: OutsideFacts): 'prometheus' | 'alertmanager' | null {
  if (prometheus === 'silent' || now === 'silent') return 'prometheus'
  return alertmanager.state === 'silent' ? 'alertmanager' : null
}

function deniedBy({ prometheus, alertmanager }: OutsideFacts): string | null {
  if (prometheus === 'absent' || prometheus === 'pending') return 'prometheus'
  return alertmanager.state === 'absent' ? 'alertmanager' : null
}

/** It may be ended before its time, and its end may not be known. */
function silenced(silencedUntil: number | null, facts: Facts): GateAnswer {
  const isAhead = silencedUntil !== null && silencedUntil > facts.at
  const endsAt = Math.min(isAhead ? silencedUntil : Number.POSITIVE_INFINITY, lookAgainAt(facts, 'silenced'))
  return hold('silenced', { silencedUntil }, endsAt)
}
