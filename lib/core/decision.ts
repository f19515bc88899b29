import type { Actor } from './actor.ts'
import type { Labels } from './alert.ts'
import type { OnsetSource } from './clocks.ts'
import type { DeploySource } from './deploy.ts'
import type { GateName } from './gates/gate-name.ts'
import type { Instant, JsonValue } from './json.ts'
import type { Judgement } from './judgement.ts'
import type { OutsideFacts } from './outside-facts.ts'
import type { Owner } from './owner.ts'
import type { Mode, Policy } from './policy.ts'
import type { ReasonCode } from './reason.ts'
import type { RevisionRef, WorkloadRef } from './workload.ts'

/** What the evidence says. */
export type Verdict = 'roll_back' | 'hold' | 'escalate' | 'ignore'
/** What may be done about it. */
export type Effect = 'act' | 'propose' | 'simulate' | 'none'
export type Answer = 'pass' | 'hold' | 'inconclusive' | 'not_applicable'

/** A gate's recorded answer, with the values it saw, so that a person can check it. */
export interface Check {
  gate: GateName
  answer: Answer
  reason: ReasonCode
  values: Record<string, JsonValue>
  /** When time alone may change a hold; null when it cannot. */
  endsAt: Instant | null
}

/** What asked for a rollback. */
export type Trigger =
  | {
      kind: 'alert'
      episodeId: string
      fingerprint: string
      alertName: string
      labels: Labels
      firing: boolean
      startsAt: Instant
      receivedAt: Instant
      onset: { at: Instant; source: OnsetSource }
    }
  | { kind: 'person'; actor: Actor; reason: string; toRevisionUid: string | null; condemn: boolean }

/** How the alert's labels led to a workload. `via` names the label or rule that told. */
export type Resolution =
  | { kind: 'found'; workload: WorkloadRef; via: string }
  | { kind: 'none'; tried: string[] }
  | { kind: 'ambiguous'; candidates: WorkloadRef[]; via: string }

/** A revision that could be gone back to. */
export interface Candidate extends RevisionRef {
  condemned: boolean
  /** How long it has served in all, as far as it is known for sure, and how that is known. Absent in records of before it was asked. */
  served?: { ms: number; source: DeploySource }
  /** An alert was laid to its charge, and it was not rolled back (which condemns). */
  blamed?: boolean
  /** Its deploy changed something that a rollback does not change back, as its annotation says. */
  irreversible?: boolean
}

/** A workload, not this one, whose trouble began at about the same time. */
export interface OtherTrouble {
  workload: string
  onsetAt: Instant
}

/** The answer of the API server to the patch, sent as a dry run. */
export type DryRunAnswer =
  | { kind: 'accepted' }
  | { kind: 'refused'; message: string }
  | { kind: 'no_dry_run'; message: string }
  /** It is not as the informers had it: another deploy, a pause, a pruned target that their caches did not know of yet. */
  | { kind: 'outdated'; message: string }
  | { kind: 'silent'; message: string }

/** What is known of the workload that was found. */
export interface WorkloadFacts {
  ref: WorkloadRef
  /** uid of the Deployment */
  uid: string
  generation: number
  paused: boolean
  current: RevisionRef | null
  /** Other revisions whose ReplicaSet is there, newest first. */
  candidates: Candidate[]
  deploy: {
    deployedAt: Instant
    source: DeploySource
    completedAt: Instant | null
    /** While it is not complete: until when its rollout has lasted (`rolloutLastsUntil`). */
    lastsUntil?: Instant | null
  } | null
  openRollbackId: string | null
  lastRollbackEndedAt: Instant | null
  /** End of the last one that healed it. */
  lastSucceededAt?: Instant | null
  /** The current revision became current by one of our rollbacks. */
  currentWasRolledBackTo: boolean
  currentCondemned: boolean
  /** The deploy of the current revision changed something that a rollback does not change back. */
  currentIrreversible?: boolean
  /** Who else manages the Deployment; null: nobody that we know. */
  owner?: Owner | null
  /** Nobody by its marks, and who takes Deployments over without any did not answer. */
  ownerSilent?: boolean
  /** It carries `kubectl.kubernetes.io/last-applied-configuration`: a later client-side apply merges from it. */
  clientApplied?: boolean
  /** Null: not asked, because an earlier gate holds. */
  dryRun: DryRunAnswer | null
}

/** Everything a decision is made of. Plain JSON: the row keeps it, and it can be replayed. */
export interface Facts {
  at: Instant
  trigger: Trigger
  /** Null: the source that would tell did not answer. */
  resolution: Resolution | null
  workload: WorkloadFacts | null
  policy: Policy
  control: { enabled: boolean; paused: { until: Instant | null; scope: string } | null; dryRun: boolean; mode: Mode }
  /** The largest difference between our clock and an upstream's, in milliseconds; null when none told. */
  clockSkewMs: number | null
  /*
   * What joined later. Records of before have none of it, and are answered `not_built` by the gates that ask for it.
   */
  /** Rollbacks by alerts in the whole cluster within the budget's window, oldest first: when each was opened. */
  acted?: { at: Instant }[]
  others?: OtherTrouble[]
  /** What stage 2 asked other systems; null: not asked, because an earlier gate held. */
  outside?: OutsideFacts | null
}

/** Verdict, effect and every check. Pure outcome of `decide(facts)`. */
export interface Decision {
  verdict: Verdict
  effect: Effect
  /** The reason that settled it. */
  reason: ReasonCode
  checks: Check[]
  target: Candidate | null
  /** When to decide again by itself; null when only a new event can change it. */
  decideAgainAt: Instant | null
}

/** A decision as it is stored. */
export interface DecisionRecord extends Decision {
  id: string
  trigger: Trigger['kind']
  episodeId: string | null
  incidentId: string | null
  workloadId: string | null
  workload: WorkloadRef | null
  rollbackId: string | null
  decidedAt: Instant
  facts: Facts
  /** What people say of it now; null: nothing yet. */
  judgement: Judgement | null
}

/** As lists have it: facts are the most of it, and one at a time is enough to read. */
export type DecisionInList = Omit<DecisionRecord, 'facts'>
