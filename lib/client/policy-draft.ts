import { z } from 'zod'
import { policyChange } from '../contracts/policy-change.ts'
import type { FieldError } from '../core/errors.ts'
import type { FreezeWindow, Weekday } from '../core/freeze.ts'
import type { Policy, PolicyFields, ServiceMapping } from '../core/policy.ts'
import { parseDuration, writeDuration } from './duration-text.ts'
import type { PolicyField } from './policy-levels.ts'
import { instantOfText, wallText } from './wall-clock.ts'

/** A freeze window while it is typed: both kinds at once, so that switching loses nothing. */
export interface FreezeRow {
  key: number
  kind: FreezeWindow['kind']
  days: readonly Weekday[]
  from: string
  to: string
  timeZone: string
  startsAt: string
  endsAt: string
  reason: string
}

export interface ServiceRow {
  key: number
  service: string
  /** Empty: in any namespace. */
  namespace: string
  toNamespace: string
  toName: string
}

type Choices = Pick<Policy, 'mode' | 'onInconclusive' | 'onOwned' | 'whenBlind'>
type Times = 'attributionWindowMs' | 'cooldownMs' | 'goodAfterMs' | 'bakeTimeMs' | 'proposalExpiryMs'

/** The fields of a policy as they stand in a form: times and counts as text. */
export interface PolicyDraft extends Choices, Record<Times | 'minRequests', string> {
  budget: { count: string; windowMs: string }
  commonCause: { workloads: string; withinMs: string }
  freeze: readonly FreezeRow[]
  services: readonly ServiceRow[]
}

/** What somebody changed in a form; null: set no longer here. */
export type PolicyEdits = { [F in PolicyField]?: PolicyDraft[F] | null }

/** What is wrong with a time or a number that cannot be read at all. */
export const UNREADABLE = 'unreadable'

/** @param zone in which once-only freezes are typed */
export function draftOf(policy: Policy, zone: string): PolicyDraft {
  const { budget, commonCause } = policy
  return {
    mode: policy.mode,
    onInconclusive: policy.onInconclusive,
    onOwned: policy.onOwned,
    whenBlind: policy.whenBlind,
    attributionWindowMs: writeDuration(policy.attributionWindowMs),
    cooldownMs: writeDuration(policy.cooldownMs),
    goodAfterMs: writeDuration(policy.goodAfterMs),
    bakeTimeMs: writeDuration(policy.bakeTimeMs),
    proposalExpiryMs: writeDuration(policy.proposalExpiryMs),
    minRequests: String(policy.minRequests),
    budget: { count: String(budget.count), windowMs: writeDuration(budget.windowMs) },
    commonCause: { workloads: String(commonCause.workloads), withinMs: writeDuration(commonCause.withinMs) },
    freeze: policy.freeze.map((window, key) => freezeRow(window, key, zone)),
    services: policy.services.map(serviceRow),
  }
}

export function newFreezeRow(key: number, zone: string): FreezeRow {
  return { key, kind: 'weekly', days: [], from: '18:00', to: '08:00', timeZone: zone, startsAt: '', endsAt: '', reason: '' }
}

export function newServiceRow(key: number, toNamespace: string): ServiceRow {
  return { key, service: '', namespace: '', toNamespace, toName: '' }
}

function freezeRow(window: FreezeWindow, key: number, zone: string): FreezeRow {
  const empty = newFreezeRow(key, zone)
  if (window.kind === 'weekly') return { ...empty, ...window }
  const { reason, startsAt, endsAt } = window
  return { ...empty, kind: 'once', reason, startsAt: wallText(startsAt, zone), endsAt: wallText(endsAt, zone) }
}

function serviceRow({ service, namespace, workload }: ServiceMapping, key: number): ServiceRow {
  return { key, service, namespace: namespace ?? '', toNamespace: workload.namespace, toName: workload.name }
}

interface Reading {
  /** All that the scope would set. With errors it must not be sent. */
  fields: PolicyFields
  errors: readonly FieldError[]
}

/** What a scope sets after the edits, held against the contract: the page refuses what the route would. */
export function readEdits(own: PolicyFields, edits: PolicyEdits, zone: string): Reading {
  const errors: FieldError[] = []
  const unreadable = (path: string) => errors.push({ path, message: UNREADABLE })
  const time = (text: string, path: string) => {
    const ms = parseDuration(text)
    if (ms === null) unreadable(path)
    return ms ?? 0
  }
  const count = (text: string, path: string) => {
    const isNumber = /^\d+$/.test(text.trim())
    if (!isNumber) unreadable(path)
    return isNumber ? Number(text) : 0
  }
  const instant = (text: string, path: string) => {
    const at = instantOfText(text, zone)
    if (at === null) unreadable(path)
    return at ?? 0
  }
  const read: { [F in PolicyField]: (draft: PolicyDraft[F], field: F) => Policy[F] } = {
    mode: (draft) => draft,
    onInconclusive: (draft) => draft,
    onOwned: (draft) => draft,
    whenBlind: (draft) => draft,
    attributionWindowMs: time,
    cooldownMs: time,
    goodAfterMs: time,
    bakeTimeMs: time,
    proposalExpiryMs: time,
    minRequests: count,
    budget: (draft) => ({ count: count(draft.count, 'budget.count'), windowMs: time(draft.windowMs, 'budget.windowMs') }),
    commonCause: (draft) => ({
      workloads: count(draft.workloads, 'commonCause.workloads'),
      withinMs: time(draft.withinMs, 'commonCause.withinMs'),
    }),
    freeze: (rows) => rows.map((row, index) => readFreeze(row, (text, column) => instant(text, `freeze.${index}.${column}`))),
    services: (rows) => rows.map(readService),
  }
  const readOne = <F extends PolicyField>(field: F, draft: PolicyDraft[F]): Pick<Policy, F> =>
    ({ [field]: read[field](draft, field) }) as Pick<Policy, F>
  const fields: PolicyFields = { ...own }
  for (const field of Object.keys(edits) as PolicyField[]) {
    const draft = edits[field]
    if (draft == null) delete fields[field]
    else Object.assign(fields, readOne(field, draft))
  }
  return { fields, errors: [...errors, ...refusedOf(fields)] }
}

function readFreeze(row: FreezeRow, instant: (text: string, column: string) => number): FreezeWindow {
  const reason = row.reason.trim()
  if (row.kind === 'once')
    return { kind: 'once', startsAt: instant(row.startsAt, 'startsAt'), endsAt: instant(row.endsAt, 'endsAt'), reason }
  return { kind: 'weekly', days: row.days, from: row.from, to: row.to, timeZone: row.timeZone.trim(), reason }
}

function readService({ service, namespace, toNamespace, toName }: ServiceRow): ServiceMapping {
  return { service, namespace: namespace === '' ? null : namespace, workload: { namespace: toNamespace, name: toName } }
}

function refusedOf(fields: PolicyFields): FieldError[] {
  const issues = z.safeEncode(policyChange, fields).error?.issues ?? []
  return issues.map(({ path, message }) => ({ path: path.join('.'), message }))
}
