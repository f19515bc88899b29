import { CONFIGURATION } from '../core/actor.ts'
import { type Control, DRY_RUN_CONFIGURED } from '../core/control.ts'
import type { Deps } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'

/** `DRY_RUN` and `AUTO_ROLLBACK_ENABLED`; null: not configured. */
interface Configured {
  dryRun: boolean | null
  enabled: boolean | null
}

/**
 * A configured value that differs from the one last seen is applied once, as a change by the actor
 * `configuration`; later the page may change it. So whoever spoke last holds. Idempotent over restarts and
 * replicas.
 */
export async function applyConfiguration(deps: Deps, configured: Configured): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const before = await tx.control('update')
    if (before.configured.dryRun === configured.dryRun && before.configured.enabled === configured.enabled) return
    const now = deps.now()
    const edited: Partial<Omit<Control, 'version'>> = { configured, enabled: configured.enabled ?? true }
    if (configured.dryRun !== null && configured.dryRun !== before.configured.dryRun) {
      edited.dryRun = { on: configured.dryRun, reason: DRY_RUN_CONFIGURED, actor: CONFIGURATION, since: now, until: null }
    }
    await tx.updateControl(before.version, edited)
    if (edited.enabled && !before.enabled) await tx.reevaluateHeld(['automation_disabled'], now)
    const caller = { actor: CONFIGURATION, address: null, requestId: null }
    await tx.appendAudit(
      auditDraft(caller, now, {
        action: 'control.configure',
        target: 'cluster',
        reason: 'configuration changed',
        before: { ...before.configured },
        after: { ...configured },
      }),
    )
  })
}
