import * as fc from 'fast-check'
import type { Labels } from '../core/alert.ts'
import type { Candidate, DryRunAnswer, Facts, Resolution, Trigger, WorkloadFacts } from '../core/decision.ts'
import type { OutsideFacts } from '../core/outside-facts.ts'
import { MODES, type Policy } from '../core/policy.ts'
import type { RevisionRef, WorkloadRef } from '../core/workload.ts'
import { aPolicy, aReading, aRevision, CHECKOUT, MINUTE, T0 } from './builders.ts'

/** Instants close enough to each other that they meet and pass each other. */
const instant = fc.integer({ min: T0 - 60 * MINUTE, max: T0 + 60 * MINUTE })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

/** Few fingerprints, so that revisions are often the same. */
const revision: fc.Arbitrary<RevisionRef> = fc
  .record({
    number: fc.integer({ min: 1, max: 6 }),
    material: fc.constantFrom('a', 'b', 'c'),
    template: fc.constantFrom('A', 'B', 'C', 'D'),
  })
  .map(({ number, material, template }) => aRevision({ number, materialFingerprint: material, templateFingerprint: template }))

const candidate: fc.Arbitrary<Candidate> = fc
  .record({
    revision,
    condemned: fc.boolean(),
    served: maybe(fc.record({ ms: fc.integer({ min: 0, max: 30 * MINUTE }), source: fc.constantFrom('watched', 'replica_set') })),
    blamed: fc.boolean(),
    irreversible: fc.boolean(),
  })
  .map(({ revision: ref, served, ...one }) => ({ ...ref, ...one, ...(served && { served }) }))

const alert: fc.Arbitrary<Trigger> = fc.record({
  kind: fc.constant('alert'),
  episodeId: fc.constant('episode-1'),
  fingerprint: fc.string(),
  alertName: fc.string(),
  labels: fc.constantFrom<Labels[]>({ auto_rollback: 'true' }, { auto_rollback: 'false' }, {}),
  firing: fc.boolean(),
  startsAt: instant,
  receivedAt: instant,
  onset: fc.record({ at: instant, source: fc.constantFrom('active_at', 'starts_at') }),
})

const person: fc.Arbitrary<Trigger> = fc.record({
  kind: fc.constant('person'),
  actor: fc.constant({ kind: 'user', id: 'u1', name: 'ada@example.test' }),
  reason: fc.string(),
  toRevisionUid: maybe(fc.constantFrom('rs-1', 'rs-2', 'rs-3')),
  condemn: fc.boolean(),
})

const dryRun: fc.Arbitrary<DryRunAnswer> = fc.oneof(
  fc.constant({ kind: 'accepted' as const }),
  fc.record({ kind: fc.constantFrom('refused', 'no_dry_run', 'outdated', 'silent'), message: fc.string() }),
)

const workload: fc.Arbitrary<WorkloadFacts> = fc.record({
  ref: fc.constant(CHECKOUT),
  uid: fc.constant('deployment-1'),
  generation: fc.nat(),
  paused: fc.boolean(),
  current: maybe(revision),
  candidates: fc.array(candidate, { maxLength: 4 }),
  deploy: maybe(
    fc.record({
      deployedAt: instant,
      source: fc.constantFrom('watched', 'replica_set'),
      completedAt: maybe(instant),
      lastsUntil: maybe(instant),
    }),
  ),
  openRollbackId: maybe(fc.constant('rollback-9')),
  lastRollbackEndedAt: maybe(instant),
  currentWasRolledBackTo: fc.boolean(),
  currentCondemned: fc.boolean(),
  currentIrreversible: fc.boolean(),
  owner: maybe(
    fc.record({
      kind: fc.constantFrom('argo_cd', 'helm', 'controller'),
      name: fc.string(),
      undo: fc.constantFrom('reverted', 'until_next_upgrade'),
    }),
  ),
  dryRun: maybe(dryRun),
})

const resolution: fc.Arbitrary<Resolution> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'found' as const, workload: CHECKOUT, via: 'deployment' }) },
  fc.record({ kind: fc.constant('none'), tried: fc.array(fc.string()) }),
  fc.record({ kind: fc.constant('ambiguous'), candidates: fc.constant<WorkloadRef[]>([CHECKOUT]), via: fc.string() }),
)

/** What a decision may be made by, within bounds that meet the instants. */
export const arbitraryPolicy: fc.Arbitrary<Policy> = fc
  .record({
    mode: fc.constantFrom(...MODES),
    attributionWindowMs: fc.integer({ min: 0, max: 60 * MINUTE }),
    cooldownMs: fc.integer({ min: 0, max: 60 * MINUTE }),
    onInconclusive: fc.constantFrom('hold', 'pass'),
    whenBlind: fc.constantFrom('hold', 'go_on'),
    onOwned: fc.constantFrom('refuse', 'warn'),
    goodAfterMs: fc.integer({ min: 0, max: 30 * MINUTE }),
    budget: fc.record({ count: fc.integer({ min: 1, max: 3 }), windowMs: fc.integer({ min: MINUTE, max: 60 * MINUTE }) }),
    commonCause: fc.record({ workloads: fc.integer({ min: 1, max: 3 }), withinMs: fc.integer({ min: MINUTE, max: 20 * MINUTE }) }),
    freeze: fc.array(fc.record({ kind: fc.constant('once'), startsAt: instant, endsAt: instant, reason: fc.string() }), { maxLength: 2 }),
  })
  .map(aPolicy)

const failing = fc.array(
  fc.record({ name: fc.string(), node: maybe(fc.constantFrom('a', 'b')), failure: fc.constantFrom('crash', 'image', 'alert') }),
  { maxLength: 3 },
)

const outside: fc.Arbitrary<OutsideFacts> = fc.record({
  prometheus: fc.constantFrom('firing', 'pending', 'absent', 'silent', 'not_configured'),
  alertmanager: fc.oneof(
    fc.record({ state: fc.constantFrom('firing', 'absent', 'silent', 'not_configured') }),
    fc.record({ state: fc.constant('silenced'), silencedUntil: maybe(instant) }),
  ),
  before: fc.oneof(
    fc.record({ state: fc.constantFrom('silent', 'not_configured') }),
    fc.record({
      state: fc.constant('read'),
      since: instant,
      lastActiveAt: maybe(instant),
      measurement: maybe(fc.record({ value: maybe(fc.double({ noNaN: true })), requests: maybe(fc.nat(50)) }).map(aReading)),
    }),
  ),
  now: maybe(fc.record({ value: maybe(fc.double({ noNaN: true })), requests: maybe(fc.nat(50)) }).map(aReading)),
  pods: maybe(
    fc.record({
      current: fc.record({ count: fc.nat(9), failing, wellNodes: fc.constantFrom<string[]>([], ['a'], ['a', 'b']) }),
      older: fc.record({ count: fc.nat(9), failing }),
    }),
  ),
})

/** Facts of any kind, likely and unlikely, in every combination that the types allow. */
export const arbitraryFacts: fc.Arbitrary<Facts> = fc
  .record({
    at: instant,
    trigger: fc.oneof(alert, person),
    resolution: maybe(resolution),
    workload: maybe(workload),
    policy: arbitraryPolicy,
    control: fc.record({
      enabled: fc.boolean(),
      paused: maybe(fc.record({ until: maybe(instant), scope: fc.constant('cluster') })),
      dryRun: fc.boolean(),
      mode: fc.constantFrom(...MODES),
    }),
    acted: fc.array(fc.record({ at: instant }), { maxLength: 4 }),
    others: fc.array(fc.record({ workload: fc.constantFrom('a', 'b', 'c', 'd'), onsetAt: instant }), { maxLength: 5 }),
    outside: maybe(outside),
    clockSkewMs: maybe(fc.integer({ min: -20_000, max: 20_000 })),
  })
  .map(withLivePause)

/** A pause that ran out is none: facts never hold one. */
function withLivePause(facts: Facts): Facts {
  const { paused } = facts.control
  if (paused?.until == null || paused.until > facts.at) return facts
  return { ...facts, control: { ...facts.control, paused: { ...paused, until: facts.at + 1 } } }
}
