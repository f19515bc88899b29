import { parts } from '../core/clocks.ts'
import type { IncidentOutcome } from '../core/incident.ts'
import { isOpen } from '../core/rollback.ts'
import type { WorkloadRef } from '../core/workload.ts'
import type { DecisionInList } from './decisions.ts'
import type { IncidentInList } from './incidents.ts'
import type { RollbackInList } from './rollbacks.ts'

/** One workload that has trouble now, with what is done about it. */
export interface OpenItem {
  key: string
  workload: WorkloadRef
  /** When the trouble began, or a rollback by hand was opened. */
  since: number
  incidentId: string | null
  /** The one that is under way or waits for a yes. */
  rollback: RollbackInList | null
  /** The latest decision, where nothing is under way: why not. */
  decision: DecisionInList | null
}

export interface EndedItem {
  key: string
  workload: WorkloadRef
  endedAt: number
  incidentId: string | null
  outcome: IncidentOutcome | null
  rollback: RollbackInList | null
  /** From the trouble's beginning to its mitigation; null: nobody measured that. */
  mttrMs: number | null
  /** From the beginning to the end. */
  lastedMs: number
}

export interface NowBoard {
  acting: OpenItem[]
  proposed: OpenItem[]
  /** Open incidents that nothing is done about. */
  held: OpenItem[]
  ended: EndedItem[]
}

interface Seen {
  openIncidents: readonly IncidentInList[]
  closedIncidents: readonly IncidentInList[]
  /** The latest, open ones among them. */
  rollbacks: readonly RollbackInList[]
  decisions: readonly DecisionInList[]
}

/** How many ended ones are shown. */
export const ENDED_SHOWN = 8

/** Puts together what the page Now shows: every open incident and rollback once, the most urgent first. */
export function nowBoard({ openIncidents, closedIncidents, rollbacks, decisions }: Seen): NowBoard {
  const underWay = rollbacks.filter(({ phase }) => isOpen(phase) || phase === 'proposed')
  const ofIncidents = openIncidents.map((incident): OpenItem => {
    const rollback = underWay.find(({ incidentId }) => incidentId === incident.id) ?? null
    const decision = rollback === null ? (decisions.find(({ incidentId }) => incidentId === incident.id) ?? null) : null
    return { key: incident.id, workload: incident.workload, since: incident.startedAt, incidentId: incident.id, rollback, decision }
  })
  const shown = new Set(ofIncidents.map(({ rollback }) => rollback?.id))
  const alone = underWay.filter(({ id }) => !shown.has(id)).map(onItsOwn)
  const open = [...ofIncidents, ...alone].sort((a, b) => b.since - a.since)
  return {
    acting: open.filter(({ rollback }) => rollback !== null && rollback.phase !== 'proposed'),
    proposed: open.filter(({ rollback }) => rollback?.phase === 'proposed'),
    held: open.filter(({ rollback }) => rollback === null),
    ended: ended(closedIncidents, rollbacks),
  }
}

function onItsOwn(rollback: RollbackInList): OpenItem {
  const { id, workload, openedAt, incidentId } = rollback
  return { key: id, workload, since: openedAt, incidentId, rollback, decision: null }
}

function ended(closed: readonly IncidentInList[], rollbacks: readonly RollbackInList[]): EndedItem[] {
  const ofIncidents = closed.map((incident): EndedItem => {
    const rollback = rollbacks.find(({ incidentId }) => incidentId === incident.id) ?? null
    const endedAt = incident.closedAt ?? incident.openedAt
    return {
      key: incident.id,
      workload: incident.workload,
      endedAt,
      incidentId: incident.id,
      outcome: incident.outcome,
      rollback,
      mttrMs: rollback === null ? null : measured(rollback),
      lastedMs: endedAt - incident.startedAt,
    }
  })
  const byHand = rollbacks.flatMap((rollback): EndedItem[] => {
    if (rollback.incidentId !== null || rollback.endedAt === null) return []
    const { id, workload, endedAt, openedAt } = rollback
    return [{ key: id, workload, endedAt, incidentId: null, outcome: null, rollback, mttrMs: null, lastedMs: endedAt - openedAt }]
  })
  return [...ofIncidents, ...byHand].sort((a, b) => b.endedAt - a.endedAt).slice(0, ENDED_SHOWN)
}

/** A simulation mitigated nothing, whatever its clocks say. */
function measured({ dryRun, clocks }: RollbackInList): number | null {
  return dryRun ? null : parts(clocks).mttrMs
}

/** The sentence on top of Now, as a key of `now.headline` and its values: first what waits for a person, as the cards below. */
export type Headline =
  | { key: 'restoring' | 'verifying' | 'simulating' | 'proposed'; values: { workload: string; revision: number; more: number } }
  | { key: 'held'; values: { workload: string; count: number } }
  | { key: 'quiet' | 'nothingYet'; values: Record<string, never> }

export function headline(board: NowBoard): Headline {
  const more = board.acting.length + board.proposed.length + board.held.length - 1
  const [proposal] = board.proposed
  if (proposal?.rollback) return { key: 'proposed', values: { ...named(proposal.rollback), more } }
  const [acting] = board.acting
  if (acting?.rollback) return { key: actingKey(acting.rollback), values: { ...named(acting.rollback), more } }
  const [held] = board.held
  if (held) return { key: 'held', values: { workload: held.workload.name, count: board.held.length } }
  return { key: board.ended.length > 0 ? 'quiet' : 'nothingYet', values: {} }
}

function actingKey({ dryRun, phase }: RollbackInList): 'restoring' | 'verifying' | 'simulating' {
  if (dryRun) return 'simulating'
  return phase === 'verifying' ? 'verifying' : 'restoring'
}

function named({ workload, to }: RollbackInList) {
  return { workload: workload.name, revision: to.number }
}
