'use client'

import { useTranslations } from 'use-intl'
import { includesRole } from '../../lib/core/role.ts'
import { scopeKey } from '../../lib/core/scope.ts'
import { useViewer } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { useScopeName } from '../ui/scope-name.tsx'
import { useClockTime } from '../ui/time.tsx'
import { CONTROL_TONE } from './control-tone.ts'
import { useSaidLine } from './said-line.ts'
import type { ControlView, ViewProps } from './view.ts'

/** What automation does now, and everything that can be done about it. */
export function ControlOverview({ onOpenChange, state, onView }: ViewProps & { onView: (view: ControlView) => void }) {
  const t = useTranslations('control')
  const roles = useTranslations('common.roles')
  const { role } = useViewer()
  const { kind, control, pause } = state
  const mayChange = includesRole(role, 'operator')
  const actions = mayChange && pause === null && (
    <Button variant="primary" onClick={() => onView({ kind: 'pause', scope: { level: 'cluster' } })}>
      {t('pause')}
    </Button>
  )
  return (
    <Dialog open onOpenChange={onOpenChange} title={t('dialog.title')} description={t(`sentence.${kind}`)} actions={actions || undefined}>
      {!control.enabled && <Notice tone={CONTROL_TONE.disabled} title={t('dialog.pinnedDisabled')} />}
      <Pauses state={state} mayChange={mayChange} onView={onView} />
      <section className="border-t border-line pt-3" aria-labelledby="control-dry-run">
        <h3 id="control-dry-run" className="font-semibold">
          {t('dialog.dryRunHeading')}
        </h3>
        <p className="mt-0.5 text-text-2">{t(control.isDryRun ? 'dialog.dryRunOn' : 'dialog.dryRunOff')}</p>
        {control.configured.dryRun !== true && <Said said={control.dryRun} />}
        {control.configured.dryRun === true && <p className="mt-1 text-dry">{t('dialog.pinnedDryRun')}</p>}
        {mayChange && control.configured.dryRun !== true && (
          <Button className="mt-2.5" onClick={() => onView({ kind: 'dry-run', on: !control.isDryRun })}>
            {t(control.isDryRun ? 'turnDryRunOff' : 'turnDryRunOn')}
          </Button>
        )}
      </section>
      {!mayChange && <p className="text-text-2">{t('dialog.needsOperator', { role: roles(role) })}</p>}
    </Dialog>
  )
}

interface PausesProps {
  state: ViewProps['state']
  mayChange: boolean
  onView: (view: ControlView) => void
}

function Pauses({ state, mayChange, onView }: PausesProps) {
  const t = useTranslations('control')
  const scopeName = useScopeName()
  const clock = useClockTime()
  const { pauses } = state.control
  return (
    <section className="pt-1" aria-labelledby="control-pauses">
      <h3 id="control-pauses" className="font-semibold">
        {t('dialog.pausesHere')}
      </h3>
      {pauses.length === 0 && <p className="mt-0.5 text-text-2">{t('dialog.nonePaused')}</p>}
      <ul>
        {pauses.map((pause) => (
          <li
            key={scopeKey(pause.scope)}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line py-2.5 last:border-0"
          >
            <div className="min-w-0 flex-1 basis-56">
              <p className="font-medium break-words">{scopeName(pause.scope)}</p>
              <Said said={pause} />
              <p className="text-[0.8125rem] text-text-2">
                {pause.until === null ? t('forGood') : t('resumesItself', { at: clock(pause.until) })}
              </p>
            </div>
            {mayChange && (
              <Button
                aria-label={t('resumeOf', { scope: scopeName(pause.scope) })}
                onClick={() => onView({ kind: 'resume', scope: pause.scope })}
              >
                {t('resume')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Said({ said }: { said: ViewProps['state']['control']['dryRun'] | ViewProps['state']['control']['pauses'][number] }) {
  const lineOf = useSaidLine()
  return <p className="text-[0.8125rem] break-words text-text-2">{lineOf(said)}</p>
}
