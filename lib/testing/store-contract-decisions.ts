import { expect, test } from 'vitest'
import type { LastHeld, OutsideFacts } from '../core/outside-facts.ts'
import { AT, aDecision, anEpisode } from './new-rows.ts'
import type { Within } from './store-under-test.ts'

/** What the last decision on an alert leaves for the next one. */
export function decisionCases(within: Within): void {
  test(
    'what held an alert last is known, and since when each decision has said so',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        const { id: episodeId } = await tx.insertEpisode(anEpisode({ fingerprint: 'silenced' }))
        const { id: other } = await tx.insertEpisode(anEpisode({ fingerprint: 'other' }))
        const decide = async (reason: LastHeld['reason'], decidedAt: number, lastHeld?: LastHeld | null) => {
          const outside = (lastHeld === undefined ? null : { lastHeld }) as OutsideFacts | null
          await tx.insertDecision(aDecision({ episodeId, reason, decidedAt, facts: { ...aDecision().facts, outside } }))
          return tx.lastHeld(episodeId)
        }
        await tx.insertDecision(aDecision({ episodeId: other, reason: 'paused', decidedAt: AT + 9 }))
        return [
          await tx.lastHeld(episodeId),
          await decide('paused', AT),
          await decide('silenced', AT + 1, { reason: 'paused', since: AT }),
          await decide('silenced', AT + 2, { reason: 'silenced', since: AT + 1 }),
          await decide('silenced', AT + 3, null),
        ]
      })
      expect(found).toEqual([
        null,
        { reason: 'paused', since: AT },
        { reason: 'silenced', since: AT + 1 },
        { reason: 'silenced', since: AT + 1 },
        { reason: 'silenced', since: AT + 3 },
      ])
    }),
  )
}
