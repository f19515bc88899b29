'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleOff, FlaskConical, Pause, ShieldAlert, Zap } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { breakerQuery, openBreaker } from '../../lib/client/breaker.ts'
import { controlQuery } from '../../lib/client/control.ts'
import { type ControlKind, controlState } from '../../lib/client/control-state.ts'
import { useNow } from '../providers/clock.tsx'
import { classNames } from '../ui/class-names.ts'
import { ControlDialog } from './control-dialog.tsx'

const ICON: Record<ControlKind, typeof Zap> = { acting: Zap, 'dry-run': FlaskConical, paused: Pause, disabled: CircleOff }

/** What does not simply act stands out from everything else on the page. */
const LOOK: Record<ControlKind, string> = {
  acting: 'border-good/30 bg-good-soft text-good hover:border-good',
  'dry-run': 'border-transparent bg-dry text-surface hover:opacity-90',
  paused: 'border-transparent bg-hold text-surface hover:opacity-90',
  disabled: 'border-transparent bg-hold text-surface hover:opacity-90',
}

/** The state of automation on every page, top right; a press opens what can be done about it. */
export function ControlButton() {
  const t = useTranslations('control')
  const { data, error } = useQuery(controlQuery())
  const { data: breaker } = useQuery(breakerQuery())
  const now = useNow()
  const [isOpen, setOpen] = useState(false)
  if (data === undefined) {
    return (
      <span className="rounded-full bg-sunken px-3 py-1.5 text-[0.8125rem] font-semibold text-text-2" role="status">
        {t(error ? 'unknown' : 'loading')}
      </span>
    )
  }
  const state = controlState(data, now)
  // Acting is what it would do: while the budget is spent it does not.
  const isHeld = state.kind === 'acting' && openBreaker(breaker, now) !== null
  const Icon = isHeld ? ShieldAlert : ICON[state.kind]
  const name = isHeld ? t('breakerOpen') : t(`state.${state.kind}`)
  const { partial } = state
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-label={t('open', { state: name })}
        className={classNames(
          'touch-target flex items-center gap-1.5 rounded-full border px-3 text-[0.8125rem] font-semibold whitespace-nowrap [&_svg]:size-3.5',
          isHeld ? 'border-transparent bg-bad text-on-bad hover:bg-bad-strong' : LOOK[state.kind],
        )}
      >
        <Icon aria-hidden />
        {name}
        {state.kind === 'paused' && state.control.isDryRun && <FlaskConical aria-hidden />}
        {partial.length > 0 && state.kind !== 'paused' && (
          <span className="hidden font-normal sm:inline">· {t('partial', { count: partial.length })}</span>
        )}
      </button>
      <ControlDialog open={isOpen} onOpenChange={setOpen} state={state} />
    </>
  )
}
