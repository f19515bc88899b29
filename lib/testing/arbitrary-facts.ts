import * as fc from 'fast-check'
import type { Labels } from '../core/alert.ts'
import type { Candidate, DryRunAnswer, Facts, Resolution, Trigger, WorkloadFacts } from '../core/decision.ts'
import { type FreezeWindow, WEEKDAYS } from '../core/freeze.ts'
import type { OutsideFacts } from '../core/outside-facts.ts'
import { OWNER_KINDS, OWNER_KNOWN, OWNER_UNDOS, type Owner } from '../core/owner.ts'
import { MODES, type Policy } from '../core/policy.ts'
import type { Measurement } from '../core/signal.ts'
import type { RevisionRef, WorkloadRef } from '../core/workload.ts'
import { aFacts, aPerson, aReading, aRevision, CHECKOUT, MINUTE, someOutside, T0 } from './builders.ts'

/** Instants close enough to each other that they meet and pass each other. */
const instant = fc.integer({ min: T0 - 60 * MINUTE, max: T0 + 60 * MINUTE })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const any = <const T>(...values: readonly T[]) => fc.constantFrom(...values)

type Fields<T> = { [Key in keyof Required<T>]: fc.Arbitrary<T[Key]> }

/** What is good in the ordinary case stays mostly as it is: were all of it arbitrary, a gate of stage 1 would always hold. */
function mostly<T>(good: T, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 12, arbitrary: fc.constant(good) }, { weight: 1, arbitrary })
}

/** Each field mostly as in `good`. */
function like<T extends object>(good: T, fields: Fields<T>): fc.Arbitrary<T> {
  const entries = Object.entries(fields) as [keyof T, fc.Arbitrary<T[keyof T]>][]
  const each = fc.tuple(...entries.map(([key, arbitrary]) => mostly(good[key], arbitrary).map((value) => [key, value] as const)))
  return each.map((pairs) => Object.fromEntries(pairs) as T)
}

/** Few fingerprints, so that revisions are often the same. */
const revision: fc.Arbitrary<RevisionRef> = fc
  .record({ number: fc.integer({ min: 1, max: 6 }), material: any('a', 'b', 'c'), template: any('A', 'B', 'C', 'D') })
  .map(({ number, material, template }) => aRevision({ number, materialFingerprint: material, templateFingerprint: template }))

const candidate: fc.Arbitrary<Candidate> = fc
  .record({
    revision,
    condemned: fc.boolean(),
    served: maybe(fc.record({ ms: fc.integer({ min: 0, max: 30 * MINUTE }), source: any('watched', 'replica_set') })),
    blamed: fc.boolean(),
    irreversible: fc.boolean(),
  })
  .map(({ revision: ref, served, ...one }) => ({ ...ref, ...one, ...(served && { served }) }))

const alertFields: Fields<Extract<Trigger, { kind: 'alert' }>> = {
  kind: fc.constant('alert'),
  episodeId: fc.constant('episode-1'),
  fingerprint: fc.string(),
  alertName: fc.string(),
  labels: any<Labels>({ auto_rollback: 'true' }, { auto_rollback: 'false' }, {}),
  firing: fc.boolean(),
  startsAt: instant,
  receivedAt: instant,
  onset: fc.record({ at: instant, source: any('active_at', 'starts_at') }),
}

const person: fc.Arbitrary<Trigger> = fc
  .record({ reason: fc.string(), toRevisionUid: maybe(any('rs-1', 'rs-2', 'rs-3')), condemn: fc.boolean() })
  .map(aPerson)

const dryRun: fc.Arbitrary<DryRunAnswer> = fc.oneof(
  fc.constant({ kind: 'accepted' as const }),
  fc.record({ kind: any('refused', 'no_dry_run', 'outdated', 'silent'), message: fc.string() }),
)

const owner: fc.Arbitrary<Owner> = fc.record(
  {
    kind: any(...OWNER_KINDS),
    name: fc.string(),
    undo: any(...OWNER_UNDOS),
    known: any(...OWNER_KNOWN),
    revertsWithinMs: fc.nat(600_000),
  },
  { requiredKeys: ['kind', 'name', 'undo'] },
)

const workloadFields: Fields<WorkloadFacts> = {
  ref: fc.constant(CHECKOUT),
  uid: fc.constant('deployment-1'),
  generation: fc.nat(),
  paused: fc.boolean(),
  current: maybe(revision),
  candidates: fc.array(candidate, { maxLength: 4 }),
  deploy: maybe(
    fc.record({
      deployedAt: instant,
      source: any('watched', 'replica_set'),
      completedAt: maybe(instant),
      lastsUntil: maybe(instant),
    }),
  ),
  openRollbackId: maybe(fc.constant('rollback-9')),
  lastRollbackEndedAt: maybe(instant),
  lastSucceededAt: maybe(instant),
  currentWasRolledBackTo: fc.boolean(),
  currentCondemned: fc.boolean(),
  currentIrreversible: fc.boolean(),
  clientApplied: fc.boolean(),
  owner: maybe(owner),
  ownerSilent: fc.boolean(),
  dryRun: maybe(dryRun),
}

const resolution: fc.Arbitrary<Resolution> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'found' as const, workload: CHECKOUT, via: 'deployment' }) },
  fc.record({ kind: fc.constant('none'), tried: fc.array(fc.string()) }),
  fc.record({ kind: fc.constant('ambiguous'), candidates: fc.constant<WorkloadRef[]>([CHECKOUT]), via: fc.string() }),
)

const freezeWindow: fc.Arbitrary<FreezeWindow> = fc.oneof(
  fc.record({ kind: fc.constant('once'), startsAt: instant, endsAt: instant, reason: fc.string() }),
  fc.record({
    kind: fc.constant('weekly'),
    days: fc.subarray([...WEEKDAYS]),
    from: any('00:00', '09:30', '22:00'),
    to: any('00:00', '06:00', '18:15'),
    timeZone: any('UTC', 'Europe/Berlin', 'Asia/Shanghai', 'Nowhere/AtAll'),
    reason: fc.string(),
  }),
)

const policyFields: Fields<Policy> = {
  mode: any(...MODES),
  attributionWindowMs: fc.integer({ min: 0, max: 60 * MINUTE }),
  cooldownMs: fc.integer({ min: 0, max: 60 * MINUTE }),
  budget: fc.record({ count: fc.integer({ min: 1, max: 3 }), windowMs: fc.integer({ min: MINUTE, max: 60 * MINUTE }) }),
  commonCause: fc.record({ workloads: fc.integer({ min: 1, max: 4 }), withinMs: fc.integer({ min: 0, max: 30 * MINUTE }) }),
  goodAfterMs: fc.integer({ min: 0, max: 30 * MINUTE }),
  bakeTimeMs: fc.nat(10 * MINUTE),
  minRequests: fc.nat(50),
  onInconclusive: any('hold', 'pass'),
  onOwned: any('refuse', 'warn'),
  freeze: fc.array(freezeWindow, { maxLength: 2 }),
  whenBlind: any('hold', 'go_on'),
  proposalExpiryMs: fc.nat(60 * MINUTE),
  services: fc.constant([]),
}

/** What a decision may be made by, within bounds that meet the instants. */
export const arbitraryPolicy: fc.Arbitrary<Policy> = fc.record(policyFields)

const failing = fc.array(fc.record({ name: fc.string(), node: maybe(any('a', 'b')), failure: any('crash', 'image', 'alert') }), {
  maxLength: 3,
})

const comparison: fc.Arbitrary<Measurement> = fc
  .record({ value: maybe(fc.double()), requests: maybe(fc.nat(50)), samples: maybe(fc.nat(8)), comparison: any('>', '<', '>=', '!=') })
  .map(aReading)
const measurement: fc.Arbitrary<Measurement> = fc.oneof(
  comparison,
  fc.record({ kind: any('all', 'any'), parts: fc.array(comparison, { maxLength: 3 }) }),
  fc.constant({ kind: 'unreadable' as const, expression: 'x', why: 'y' }),
)

const outsideFields: Fields<OutsideFacts> = {
  prometheus: any('firing', 'pending', 'absent', 'silent', 'not_configured'),
  alertmanager: fc.oneof(
    fc.record({ state: any('firing', 'absent', 'silent', 'not_configured') }),
    fc.record({ state: fc.constant('silenced'), silencedUntil: maybe(instant) }),
  ),
  before: fc.oneof(
    fc.record({ state: any('silent', 'not_configured') }),
    fc.record({ state: fc.constant('read'), since: instant, lastActiveAt: maybe(instant), measurement: maybe(measurement) }),
  ),
  now: fc.oneof(maybe(measurement), fc.constant('silent' as const)),
  lastHeld: maybe(fc.record({ reason: any('not_confirmed', 'one_node_fails', 'silenced', 'paused'), since: instant })),
  pods: maybe(
    fc.record({
      current: fc.record({ count: fc.nat(9), failing, wellNodes: any<string[]>([], ['a'], ['a', 'b']) }),
      older: fc.record({ count: fc.nat(9), failing }),
    }),
  ),
}

const controlFields: Fields<Facts['control']> = {
  enabled: fc.boolean(),
  paused: maybe(fc.record({ until: maybe(instant), scope: fc.constant('cluster') })),
  dryRun: fc.boolean(),
  mode: any(...MODES),
}

const others = fc.array(fc.record({ workload: any('a', 'b', 'c', 'd'), onsetAt: instant }), { maxLength: 5 })
const acted = fc.array(fc.record({ at: instant }), { maxLength: 4 })
const clockSkewMs = maybe(fc.integer({ min: -20_000, max: 20_000 }))

/** Everything is possible, likely or not, in every combination that the types allow; records of before some facts were asked, too. */
const anything: fc.Arbitrary<Facts> = fc.record(
  {
    at: instant,
    trigger: fc.oneof(fc.record(alertFields), person),
    resolution: maybe(resolution),
    workload: maybe(fc.record(workloadFields)),
    policy: arbitraryPolicy,
    control: fc.record(controlFields),
    acted,
    others,
    outside: maybe(fc.record(outsideFields)),
    clockSkewMs,
  },
  { requiredKeys: ['at', 'trigger', 'resolution', 'workload', 'policy', 'control', 'clockSkewMs'] },
)

const good = aFacts()
const goodAlert = good.trigger as Extract<Trigger, { kind: 'alert' }>

/** A bad deploy as it ordinarily is, but for a few things: most of these pass stage 1. */
const aFewThingsOff: fc.Arbitrary<Facts> = fc.record({
  at: mostly(good.at, instant),
  trigger: fc.oneof({ weight: 3, arbitrary: like(goodAlert, alertFields) }, { weight: 1, arbitrary: person }),
  resolution: mostly(good.resolution, maybe(resolution)),
  workload: mostly(good.workload, maybe(fc.record(workloadFields))).chain((workload) =>
    workload === null ? fc.constant(null) : like(workload, workloadFields),
  ),
  policy: like(good.policy, policyFields),
  control: like(good.control, controlFields),
  acted: mostly([], acted),
  others: mostly([], others),
  outside: mostly<OutsideFacts | null>(someOutside(), maybe(fc.record(outsideFields))).chain((outside) =>
    outside === null ? fc.constant(null) : like(outside, outsideFields),
  ),
  clockSkewMs: mostly<number | null>(0, clockSkewMs),
})

/** Facts of any kind. */
export const arbitraryFacts: fc.Arbitrary<Facts> = fc.oneof(anything, { weight: 3, arbitrary: aFewThingsOff }).map(withLivePause)

/** A pause that ran out is none: facts never hold one. */
function withLivePause(facts: Facts): Facts {
  const { paused } = facts.control
  if (paused?.until == null || paused.until > facts.at) return facts
  return { ...facts, control: { ...facts.control, paused: { ...paused, until: facts.at + 1 } } }
}
