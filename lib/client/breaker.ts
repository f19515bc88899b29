import { queryOptions } from '@tanstack/react-query'
import { getBreaker } from '../contracts/breaker.ts'
import { call, type Origin, type Output } from './api.ts'

export type BreakerNow = Output<typeof getBreaker>
/** One that is open says until when. */
export type OpenBreaker = BreakerNow & { state: 'open'; closesAt: number }

/** Whether the budget of rollbacks by alerts is spent, by what, and for how long. */
export function breakerQuery(from?: Origin) {
  return queryOptions({ queryKey: ['breaker'], queryFn: ({ signal }) => call(getBreaker, {}, { signal, from }) })
}

/** Null once it has closed by itself, whether or not the page has heard of it. */
export function openBreaker(breaker: BreakerNow | undefined, now: number): OpenBreaker | null {
  if (breaker === undefined || breaker.closesAt === null || breaker.closesAt <= now) return null
  return { ...breaker, state: 'open', closesAt: breaker.closesAt }
}
