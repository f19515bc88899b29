import type { DecisionRecord } from '../core/decision.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Incident } from '../core/incident.ts'
import type { Tx } from '../ports.ts'
import { checkIncident } from './fake-checks.ts'
import { update } from './fake-row.ts'
import { type FakeTables, nextId } from './fake-tables.ts'
import { workloadRef } from './fake-workloads.ts'

type IncidentQueries = Pick<
  Tx,
  | 'openIncident'
  | 'incident'
  | 'insertIncident'
  | 'updateIncident'
  | 'incidentsBegun'
  | 'insertDecision'
  | 'decision'
  | 'saveJudgement'
  | 'blamedRevisions'
>

export function fakeIncidents(tables: FakeTables): IncidentQueries {
  const open = (workloadId: string) => tables.incidents.find((one) => one.workloadId === workloadId && one.closedAt === null) ?? null
  return {
    async openIncident(workloadId) {
      return open(workloadId)
    },
    async incident(id) {
      return tables.incidents.find((one) => one.id === id) ?? null
    },
    async insertIncident(draft) {
      const workload = workloadRef(tables, draft.workloadId)
      if (open(draft.workloadId)) throw new SnapbackError('conflict', 'an incident of this workload is open already')
      const incident: Incident = { ...draft, id: nextId(tables), version: 1, workload, closedAt: null, outcome: null }
      tables.incidents.push(incident)
      return incident
    },
    async updateIncident(id, version, changes) {
      return update(tables.incidents, { id, version }, changes, checkIncident)
    },
    async incidentsBegun(from, to) {
      const begun = tables.incidents
        .filter(({ startedAt }) => startedAt >= from && startedAt <= to)
        .sort((a, b) => a.startedAt - b.startedAt)
      return begun.map(({ workload, startedAt }) => ({ workload, startedAt }))
    },
    async blamedRevisions(workloadId, uids) {
      const blaming = tables.decisions.filter(
        (one) =>
          one.workloadId === workloadId &&
          one.verdict === 'roll_back' &&
          one.trigger === 'alert' &&
          isWithoutAct(one) &&
          !tables.decisions.some((judged) => judged.judgement?.judgement === 'wrong' && isOfOneAlert(judged, one)),
      )
      const blamed = blaming.flatMap(({ facts }) => facts.workload?.current?.uid ?? [])
      return new Set(blamed.filter((uid) => uids.includes(uid)))
    },
    async insertDecision(draft) {
      const workload = draft.workloadId === null ? null : workloadRef(tables, draft.workloadId)
      const id = nextId(tables)
      tables.decisions.push({ ...draft, id, workload, rollbackId: null, judgement: null })
      return id
    },
    async decision(id) {
      const found = tables.decisions.find((one) => one.id === id)
      if (found === undefined) return null
      const { facts: _facts, ...decision } = found
      return decision
    },
    async saveJudgement(decisionId, version, said) {
      const decision = tables.decisions.find((one) => one.id === decisionId)
      if (decision === undefined) throw new Error(`foreign key: there is no decision ${decisionId}`)
      if ((decision.judgement?.version ?? 0) !== version) return null
      if (said.judgement === 'wrong' && said.note === null) throw new Error('check: a wrong decision says why')
      decision.judgement = { ...said, version: version + 1 }
      return decision.judgement
    },
  }
}

function isWithoutAct({ effect, reason }: DecisionRecord): boolean {
  return effect === 'simulate' || effect === 'propose' || (effect === 'none' && reason !== 'rollback_open')
}

/** What one alert said of one revision. */
function isOfOneAlert(judged: DecisionRecord, other: DecisionRecord): boolean {
  const isSameAlert = judged.id === other.id || (judged.episodeId !== null && judged.episodeId === other.episodeId)
  return isSameAlert && judged.facts.workload?.current?.uid === other.facts.workload?.current?.uid
}
