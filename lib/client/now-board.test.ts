import { describe, expect, it } from 'vitest'
import { NO_CLOCKS } from '../core/clocks.ts'
import { AT, aRevision, aWorkload } from '../testing/new-rows.ts'
import type { DecisionInList } from './decisions.ts'
import type { IncidentInList } from './incidents.ts'
import { ENDED_SHOWN, headline, nowBoard } from './now-board.ts'
import type { RollbackInList } from './rollbacks.ts'

function anIncident(overrides: Partial<IncidentInList> = {}): IncidentInList {
  return {
    id: 'i1',
    version: 1,
    workloadId: 'w1',
    workload: aWorkload(),
    openedAt: AT,
    startedAt: AT - 30_000,
    startedAtSource: 'active_at',
    closedAt: null,
    outcome: null,
    ...overrides,
  }
}

function aRollback(overrides: Partial<RollbackInList> = {}): RollbackInList {
  return {
    id: 'r1',
    version: 1,
    phase: 'progressing',
    workloadId: 'w1',
    workload: aWorkload(),
    deploymentUid: 'd1',
    incidentId: 'i1',
    decisionId: 'd1',
    trigger: 'alert',
    reason: 'HighErrorRate',
    actor: { kind: 'engine' },
    dryRun: false,
    condemns: true,
    from: aRevision({ number: 42 }),
    to: aRevision({ number: 41 }),
    generation: 7,
    bakeTimeMs: 120_000,
    minRequests: 20,
    clocks: NO_CLOCKS,
    openedAt: AT,
    phaseSince: AT,
    nextStepAt: AT,
    expiresAt: null,
    outcome: null,
    endedAt: null,
    ...overrides,
  } as RollbackInList
}

const NOTHING = { openIncidents: [], closedIncidents: [], rollbacks: [], decisions: [] }

describe('the board', () => {
  it('shows an incident and its rollback once', () => {
    const board = nowBoard({ ...NOTHING, openIncidents: [anIncident()], rollbacks: [aRollback()] })
    expect(board.acting).toMatchObject([{ incidentId: 'i1', since: AT - 30_000, rollback: { id: 'r1' } }])
    expect([board.proposed, board.held, board.ended]).toEqual([[], [], []])
  })

  it('shows a rollback by hand, which belongs to no incident', () => {
    const board = nowBoard({ ...NOTHING, rollbacks: [aRollback({ incidentId: null, trigger: 'person' })] })
    expect(board.acting).toMatchObject([{ key: 'r1', incidentId: null, since: AT }])
  })

  it('says why nothing is done, by the latest decision of the incident', () => {
    const decisions = [
      { id: 'd9', incidentId: 'other' },
      { id: 'd2', incidentId: 'i1' },
      { id: 'd1', incidentId: 'i1' },
    ] as DecisionInList[]
    const board = nowBoard({
      ...NOTHING,
      openIncidents: [anIncident()],
      rollbacks: [aRollback({ phase: 'failed', endedAt: AT })],
      decisions,
    })
    expect(board.held).toMatchObject([{ rollback: null, decision: { id: 'd2' } }])
  })

  it('measures what was mitigated, and nothing of a simulation', () => {
    const clocks = { ...NO_CLOCKS, startedAt: AT, receivedAt: AT, decidedAt: AT, restoredAt: AT + 50_000, mitigatedAt: AT + 89_000 }
    const closed = [anIncident({ closedAt: AT + 200_000, outcome: 'rolled_back' }), anIncident({ id: 'i2', closedAt: AT + 100_000 })]
    const rollbacks = [
      aRollback({ phase: 'succeeded', clocks }),
      aRollback({ id: 'r2', incidentId: 'i2', phase: 'simulated', dryRun: true, clocks }),
    ]
    const { ended } = nowBoard({ ...NOTHING, closedIncidents: closed, rollbacks })
    expect(ended).toMatchObject([
      { key: 'i1', mttrMs: 89_000, lastedMs: 230_000 },
      { key: 'i2', mttrMs: null, rollback: { id: 'r2' } },
    ])
  })

  it('shows the latest ended ones, incidents and rollbacks by hand by their end', () => {
    const closed = Array.from({ length: 20 }, (_, n) => anIncident({ id: `i${n}`, closedAt: AT + n * 1_000 }))
    const byHand = aRollback({ id: 'hand', incidentId: null, phase: 'succeeded', endedAt: AT + 18_500 })
    const { ended } = nowBoard({ ...NOTHING, closedIncidents: closed, rollbacks: [byHand] })
    expect(ended).toHaveLength(ENDED_SHOWN)
    expect(ended.slice(0, 3).map(({ key }) => key)).toEqual(['i19', 'hand', 'i18'])
  })
})

describe('the sentence on top', () => {
  const say = (seen: Partial<Parameters<typeof nowBoard>[0]>) => headline(nowBoard({ ...NOTHING, ...seen }))

  it.each([
    ['undoing' as const, false, 'restoring'],
    ['verifying' as const, false, 'verifying'],
    ['undoing' as const, true, 'simulating'],
    ['proposed' as const, false, 'proposed'],
  ])('of a rollback that is %s (dry run: %s) is %s', (phase, dryRun, key) => {
    const values = { workload: 'checkout', revision: 41, more: 0 }
    expect(say({ openIncidents: [anIncident()], rollbacks: [aRollback({ phase, dryRun })] })).toEqual({ key, values })
  })

  it('is of what waits for a person, whatever else is under way', () => {
    const openIncidents = [anIncident(), anIncident({ id: 'i2', workload: aWorkload('search') })]
    const waiting = aRollback({ id: 'r2', incidentId: 'i2', workload: aWorkload('search'), phase: 'proposed' })
    const said = say({ openIncidents, rollbacks: [aRollback({ phase: 'verifying' }), waiting] })
    expect(said).toMatchObject({ key: 'proposed', values: { workload: 'search', more: 1 } })
  })

  it('counts what else is open', () => {
    const other = anIncident({ id: 'i2', workload: aWorkload('cart') })
    expect(say({ openIncidents: [anIncident(), other], rollbacks: [aRollback()] })).toMatchObject({ key: 'restoring', values: { more: 1 } })
  })

  it('names what is held', () => {
    expect(say({ openIncidents: [anIncident()] })).toEqual({ key: 'held', values: { workload: 'checkout', count: 1 } })
  })

  it('is quiet after something, and an invitation before anything', () => {
    expect(say({ closedIncidents: [anIncident({ closedAt: AT })] }).key).toBe('quiet')
    expect(say({}).key).toBe('nothingYet')
  })
})
