'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { controlQuery } from '../../lib/client/control.ts'
import { type ControlState, controlState } from '../../lib/client/control-state.ts'
import { useNow } from '../providers/clock.tsx'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { useScopeName } from '../ui/scope-name.tsx'
import { useClockTime } from '../ui/time.tsx'
import { ControlDialog } from './control-dialog.tsx'
import { useSaidLine } from './said-line.ts'
import type { ControlView } from './view.ts'

/** Under the top bar while automation does not simply act: what holds, by whom, why, since and until when. */
export function ControlStrip() {
  const { data } = useQuery(controlQuery())
  const now = useNow()
  const t = useTranslations('control')
  const mayChange = useMay('operator')
  const [view, setView] = useState<ControlView | null>(null)
  if (data === undefined) return null
  const state = controlState(data, now)
  const { kind, pause, control } = state
  if (kind === 'acting' && state.partial.length === 0) return null
  const isPinned = control.configured.dryRun === true
  return (
    <section
      aria-label={t('label')}
      className={classNames('border-b border-line', control.isDryRun ? 'dry-pattern' : 'bg-hold-soft')}
      data-control={kind}
    >
      <div className="mx-auto flex max-w-[68rem] flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
        <div role="status" className="min-w-0 flex-1 basis-72 break-words">
          <Lines state={state} />
        </div>
        {mayChange && kind === 'paused' && pause && (
          <Button onClick={() => setView({ kind: 'resume', scope: pause.scope })}>{t('resume')}</Button>
        )}
        {mayChange && kind === 'dry-run' && !isPinned && (
          <Button onClick={() => setView({ kind: 'dry-run', on: false })}>{t('turnDryRunOff')}</Button>
        )}
      </div>
      <ControlDialog
        key={JSON.stringify(view)}
        open={view !== null}
        onOpenChange={(open) => !open && setView(null)}
        state={state}
        initial={view ?? undefined}
      />
    </section>
  )
}

function Lines({ state: { kind, control, pause, partial } }: { state: ControlState }) {
  const t = useTranslations('control')
  const scopeName = useScopeName()
  const { dryRun, configured } = control
  return (
    <>
      {kind !== 'acting' && (
        <p>
          <strong className="font-semibold">{t(`sentence.${kind}`)}</strong>
          {kind === 'paused' && control.isDryRun && <span className="text-dry"> ({t('alsoDryRun')})</span>}
        </p>
      )}
      {kind === 'paused' && pause && (
        <Line said={pause} end={pause.until === null ? t('forGood') : <Ends at={pause.until} kind="resumesItself" />} />
      )}
      {kind === 'dry-run' && configured.dryRun !== true && (
        <Line said={dryRun} end={dryRun.until === null ? null : <Ends at={dryRun.until} kind="returnsItself" />} />
      )}
      {partial.map((one) => (
        <p key={scopeName(one.scope)} className="text-[0.8125rem]">
          <span className="font-semibold">{t('pauseOf', { scope: scopeName(one.scope) })}: </span>
          <Line said={one} end={one.until === null ? t('forGood') : <Ends at={one.until} kind="resumesItself" />} inline />
        </p>
      ))}
    </>
  )
}

interface LineProps {
  said: Pick<ControlState['control']['dryRun'], 'actor' | 'reason' | 'since'>
  end: ReactNode
  inline?: boolean
}

function Line({ said, end, inline = false }: LineProps) {
  const lineOf = useSaidLine()
  const Tag = inline ? 'span' : 'p'
  return (
    <Tag className="text-[0.8125rem] text-text-2">
      {lineOf(said)}
      {end && <> · {end}</>}
    </Tag>
  )
}

function Ends({ at, kind }: { at: number; kind: 'resumesItself' | 'returnsItself' }) {
  const t = useTranslations('control')
  const clock = useClockTime()
  return t(kind, { at: clock(at) })
}
