import type { ConfigChanges } from './config-change.ts'
import type { Candidate, Check, Effect } from './decision.ts'
import type { ReasonCode } from './reason.ts'
import type { TemplateChange } from './template-diff.ts'
import type { TemplateReferences } from './template-references.ts'
import { LAST_APPLIED_ANNOTATION, type RevisionRef, type WorkloadRef } from './workload.ts'

/** What a rollback by hand leaves as it is, or may meet later. Each has a sentence in `messages/`. */
export const PREFLIGHT_WARNINGS = [
  'target_condemned',
  'only_stamps_differ',
  'config_not_undone',
  'last_applied_configuration',
  'replicas_untouched',
] as const
export type PreflightWarningCode = (typeof PREFLIGHT_WARNINGS)[number]

export interface PreflightWarning {
  code: PreflightWarningCode
  /** Names that the sentence shows. */
  names: string[]
}

/** What a rollback by hand would be, had it been asked for now. */
export interface Preflight {
  workload: WorkloadRef
  from: RevisionRef | null
  /** Null: no such revision can be gone back to, and the check `target` says why. */
  to: Candidate | null
  effect: Effect
  reason: ReasonCode
  checks: Check[]
  /** From the current template to the target's. */
  changes: TemplateChange[]
  warnings: PreflightWarning[]
  /** Which ConfigMaps and Secrets changed since the target was live: it would find them as they are now. Null: there is nothing to compare. */
  configs: ConfigChanges | null
}

interface Seen {
  to: Candidate
  changes: readonly TemplateChange[]
  /** Of the target's template. */
  references: TemplateReferences
  annotations: Readonly<Record<string, string>>
}

/** In the order in which one should read them. */
export function preflightWarnings({ to, changes, references, annotations }: Seen): PreflightWarning[] {
  const warnings: PreflightWarning[] = []
  if (to.condemned) warnings.push({ code: 'target_condemned', names: [] })
  if (changes.every((change) => change.volatile)) warnings.push({ code: 'only_stamps_differ', names: [] })
  const names = [...references.configMaps, ...references.secrets]
  if (names.length > 0) warnings.push({ code: 'config_not_undone', names })
  // A later client-side apply merges from it, and knows nothing of the undo.
  if (LAST_APPLIED_ANNOTATION in annotations) warnings.push({ code: 'last_applied_configuration', names: [] })
  warnings.push({ code: 'replicas_untouched', names: [] })
  return warnings
}
