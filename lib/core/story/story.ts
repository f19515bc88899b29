import type { Labels } from '../alert.ts'
import type { DryRunAnswer } from '../decision.ts'
import type { OwnerMarks, OwnerUndo } from '../owner.ts'
import type { PolicyFields } from '../policy.ts'
import type { RuleTold } from './alert-rule.ts'
import type { Span, Time } from './story-time.ts'

/** What went on around one alert, told as it happened. What is not told went as on an ordinary day (`an-ordinary-day.ts`). */
export interface Story {
  /** `namespace/name` of the Deployment that the alert is about. */
  workload: string
  /** Oldest first. The undo of a rollback is a deploy too, but is told among `rollbacks`. */
  deploys: readonly DeployTold[]
  /** Rollbacks of this workload. */
  rollbacks: readonly RollbackTold[]
  alert: AlertTold
  /** None told: two pods of the current revision, both well, each on a node of its own. */
  pods: readonly PodTold[]
  /** Other workloads in trouble. */
  others: readonly { workload: string; began: Time }[]
  /** When rollbacks of other workloads by alerts were opened. */
  rollbacksElsewhere: readonly Time[]
  /** `revisionHistoryLimit` */
  historyLimit: number
  /** Marks on the Deployment by which it is seen who else manages it. */
  owner: Partial<OwnerMarks>
  /** What the owner's own object says becomes of an undo, where it can be read. */
  ownerSays?: OwnerUndo
  /** Somebody ran `kubectl rollout pause`. */
  deploymentPaused: boolean
  /** When the Deployment was deleted. */
  deleted: Time | null
  /** Other Deployments that are there, as `namespace/name`. */
  deployments: readonly string[]
  /** `namespace/name` of a Service → the Deployments whose pods it selects. */
  services: Readonly<Record<string, readonly string[]>>
  /** What differs from the default policy; the mode of the stories is `auto`. */
  policy: PolicyFields
  /** The annotation `snapback.dev/mode` on the Deployment. */
  modeAnnotation?: string
  control: { disabled?: boolean; dryRun?: boolean; paused?: Span }
  /** When a source does not answer; `owners`: the API server, asked who else has a say in the Deployment. */
  silent: Partial<Record<'prometheus' | 'alertmanager' | 'kubernetes' | 'owners', Span>>
  /** Sources whose address is not configured. */
  notConfigured: readonly ('prometheus' | 'alertmanager')[]
  /** What the API server says to the patch as a dry run, from when on. */
  patch: readonly { from: Time; answer: DryRunAnswer['kind'] }[]
  /** By how much our clock and another's differ, and for how long. */
  clockSkew?: Span & { by: number }
}

export interface DeployTold {
  at: Time
  image: string
  env?: Readonly<Record<string, string>>
  /** Of the pod template. */
  annotations?: Readonly<Record<string, string>>
  /** When its rollout was complete: half a minute later if not told; null: it was not. */
  complete?: Time | null
  /** When the controller gave up on its rollout, its progress deadline over. */
  gaveUp?: Time
  /** An alert was laid to its charge, and it was not rolled back. */
  blamed?: boolean
  /** Nobody had watched it: its time is that of its ReplicaSet. */
  seenAfterwards?: boolean
}

export interface RollbackTold {
  opened: Time
  /** Image that it goes back to. */
  to: string
  /** When the patch was accepted; null: it was a simulation, or it is not there yet. */
  undone: Time | null
  ended: Time | null
  end: 'succeeded' | 'unverified' | 'failed' | 'superseded' | 'simulated'
}

export interface AlertTold {
  rule: RuleTold
  /** Besides its name; the Deployment's if not told. */
  labels?: Labels
  /** Without the label `auto_rollback="true"`. */
  doesNotAsk?: boolean
  /** When the condition began (Prometheus' `activeAt`). */
  began: Time
  /** After its `for` (`startsAt`). */
  fired: Time
  /** When it reached us: at once if not told. */
  received?: Time
  resolved?: Time
  /** Stretches before, in which it was pending or firing too. */
  earlier?: readonly Span[]
  /** From when on the Prometheus that we ask has it firing, if not since `fired`; null: never, the delivery was made up. */
  firesInPrometheus?: Time | null
  silence?: Span
  /** What the left side of its rule read; the last one before an instant holds then. */
  readings: readonly ReadingTold[]
}

export interface ReadingTold {
  at: Time
  /** Null: no series, or NaN. */
  value: number | null
  /** In the window; 500 if not told. */
  requests?: number
}

export interface PodTold {
  /** Of the newest revision with that image. */
  image: string
  name: string
  node: string
  /** `well`, `starting`, or the reason that Kubernetes gives: `CrashLoopBackOff`, `OOMKilled`, `ImagePullBackOff`. */
  state: string
  restarts?: number
  /** The alert's rule names it. */
  isAlerting?: boolean
  /** From when on it is like that; always if not told. */
  from?: Time
}
