import * as fc from 'fast-check'
import type { Labels } from '../core/alert.ts'
import type { Candidate, DryRunAnswer, Facts, Resolution, Trigger, WorkloadFacts } from '../core/decision.ts'
import { MODES, type Policy } from '../core/policy.ts'
import type { RevisionRef, WorkloadRef } from '../core/workload.ts'
import { aPolicy, aRevision, CHECKOUT, MINUTE, T0 } from './builders.ts'

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

const candidate: fc.Arbitrary<Candidate> = fc.record({ revision, condemned: fc.boolean() }).map((one) => ({ ...one.revision, ...one }))

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
  dryRun: maybe(dryRun),
})

const resolution: fc.Arbitrary<Resolution> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'found' as const, workload: CHECKOUT, via: 'deployment' }) },
  fc.record({ kind: fc.constant('none'), tried: fc.array(fc.string()) }),
  fc.record({ kind: fc.constant('ambiguous'), candidates: fc.constant<WorkloadRef[]>([CHECKOUT]), via: fc.string() }),
)

const policy: fc.Arbitrary<Policy> = fc
  .record({
    mode: fc.constantFrom(...MODES),
    attributionWindowMs: fc.integer({ min: 0, max: 60 * MINUTE }),
    cooldownMs: fc.integer({ min: 0, max: 60 * MINUTE }),
    onInconclusive: fc.constantFrom('hold', 'pass'),
  })
  .map(aPolicy)

/** Facts of any kind, likely and unlikely, in every combination that the types allow. */
export const arbitraryFacts: fc.Arbitrary<Facts> = fc
  .record({
    at: instant,
    trigger: fc.oneof(alert, person),
    resolution: maybe(resolution),
    workload: maybe(workload),
    policy,
    control: fc.record({
      enabled: fc.boolean(),
      paused: maybe(fc.record({ until: maybe(instant), scope: fc.constant('cluster') })),
      dryRun: fc.boolean(),
      mode: fc.constantFrom(...MODES),
    }),
    clockSkewMs: maybe(fc.integer({ min: -20_000, max: 20_000 })),
  })
  .map(withLivePause)

/** A pause that ran out is none: facts never hold one. */
function withLivePause(facts: Facts): Facts {
  const { paused } = facts.control
  if (paused?.until == null || paused.until > facts.at) return facts
  return { ...facts, control: { ...facts.control, paused: { ...paused, until: facts.at + 1 } } }
}
