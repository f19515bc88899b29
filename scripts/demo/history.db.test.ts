import { describe, expect, it } from 'vitest'
import { connectPostgres } from '../../lib/adapters/postgres/connect.ts'
import { parts } from '../../lib/core/clocks.ts'
import { createTestDatabase } from '../../lib/testing/postgres.ts'
import { recordLog } from '../../lib/testing/record-log.ts'
import { HISTORY_DAYS, writeHistory } from './history.ts'

const DAY = 24 * 60 * 60_000
const UNTIL = Date.UTC(2026, 10, 24, 12)

describe('the past of the demo', () => {
  it('is two weeks of what the engine does: simulated, succeeded, failed, held, escalated and by hand', async () => {
    const database = await createTestDatabase()
    const postgres = connectPostgres(database.url, recordLog())
    try {
      await writeHistory({ store: postgres.store, read: postgres.read, until: UNTIL })
      const page = { cursor: null, limit: 100 }
      const { items: incidents } = await postgres.read.incidents({ open: null }, page)
      const { items: rollbacks } = await postgres.read.rollbacks({ phase: null, workload: null, open: null }, page)
      const { items: decisions } = await postgres.read.decisions({ workload: null }, page)

      expect(incidents.map(({ outcome }) => outcome).sort()).toEqual([
        ...Array(1).fill('ended_unresolved'),
        ...Array(4).fill('recovered_by_itself'),
        ...Array(4).fill('rolled_back'),
      ])
      expect(incidents.every(({ openedAt }) => openedAt > UNTIL - (HISTORY_DAYS + 1) * DAY && openedAt < UNTIL)).toBe(true)
      expect(rollbacks.map(({ phase, trigger }) => `${phase} by ${trigger}`).sort()).toEqual([
        'failed by alert',
        'simulated by alert',
        ...Array(4).fill('succeeded by alert'),
        'unverified by person',
      ])
      const held = decisions.filter(({ verdict }) => verdict !== 'roll_back').map(({ verdict, reason }) => `${verdict}: ${reason}`)
      expect(held.sort()).toEqual(['escalate: current_condemned', 'hold: outside_attribution_window', 'hold: outside_attribution_window'])
      const mttr = rollbacks.filter(({ phase }) => phase === 'succeeded').map(({ clocks }) => parts(clocks).mttrMs)
      expect(mttr.every((ms) => ms !== null && ms > 60_000 && ms < 5 * 60_000)).toBe(true)
    } finally {
      await postgres.close()
      await database.drop()
    }
  })
})
