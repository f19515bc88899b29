import { useTranslations } from 'use-intl'
import type { ControlNow } from '../../lib/core/control.ts'
import { DRY_RUN_CONFIGURED, FIRST_START } from '../../lib/core/control.ts'
import { useActorName } from '../ui/actor-name.tsx'
import { useRelativeTime } from '../ui/time.tsx'

type Said = Pick<ControlNow['dryRun'], 'actor' | 'reason' | 'since'>

/** Who said it, when and why. People's reasons stay in their words; the configuration's are told in the viewer's language. */
export function useSaidLine(): (said: Said) => string {
  const t = useTranslations('control')
  const actorName = useActorName()
  const relative = useRelativeTime()
  const reasonOf = ({ actor, reason }: Said) => {
    if (actor.kind !== 'configuration') return reason
    if (reason === FIRST_START) return t('reasonFirstStart')
    return reason === DRY_RUN_CONFIGURED ? t('reasonDryRunConfigured') : reason
  }
  return (said) => t('line', { actor: actorName(said.actor), since: relative(said.since), reason: reasonOf(said) })
}
