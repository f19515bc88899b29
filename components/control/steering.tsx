'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { statusOf } from '../../lib/client/api-error.ts'
import { type AuditEntryShown, latestAuditQuery } from '../../lib/client/audit.ts'
import { type ControlDifference, controlDifferences } from '../../lib/client/control-conflict.ts'
import { type ControlChanged, type ControlCommand, useSteerAutomation } from '../../lib/client/steer-automation.ts'
import type { ControlNow } from '../../lib/core/control.ts'
import { type Scope, scopeKey } from '../../lib/core/scope.ts'
import { workloadKey } from '../../lib/core/workload.ts'
import { useActorName } from '../ui/actor-name.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogCancel } from '../ui/dialog.tsx'
import { ErrorNotice, useErrorWords } from '../ui/error-notice.tsx'
import { ReasonField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { useScopeName } from '../ui/scope-name.tsx'
import { useRelativeTime } from '../ui/time.tsx'
import type { ViewProps } from './view.ts'

type WithoutReason<Command> = Command extends unknown ? Omit<Command, 'reason' | 'version'> : never

interface SteeringProps extends ViewProps {
  title: ReactNode
  description: ReactNode
  /** Names what will happen to what. */
  submit: ReactNode
  variant?: 'primary' | 'danger'
  initialReason?: string
  /** Null: something is missing, and it shows what. */
  command: () => WithoutReason<ControlCommand> | null
  /** Said when rollbacks go on in spite of it. */
  done: string
  children?: ReactNode
}

/**
 * One change of the control: asks why, sends the version that was seen, and when somebody else was faster shows who changed
 * what before one may try again.
 */
export function Steering(props: SteeringProps) {
  const { onOpenChange, state, title, description, submit, variant = 'primary', initialReason = '', command, done, children } = props
  const t = useTranslations('common')
  const steer = useSteerAutomation()
  const [seen, setSeen] = useState<ControlNow>(state.control)
  const [reason, setReason] = useState(initialReason)
  const [wasTried, setTried] = useState(false)
  const [conflict, setConflict] = useState<unknown>(null)
  const isMissing = reason.trim() === ''

  const send = () => {
    setTried(true)
    const what = command()
    if (what === null || isMissing) return
    // After a conflict the fresh view is what one decides on.
    const version = conflict === null ? seen.version : state.control.version
    if (conflict !== null) setSeen(state.control)
    setConflict(null)
    steer.mutate({ ...what, reason: reason.trim(), version } as ControlCommand, {
      onSuccess: ({ underWay }) => underWay.length === 0 && onOpenChange(false),
      onError: (error) => statusOf(error) === 409 && setConflict(error),
    })
  }

  if (steer.isSuccess) return <Done changed={steer.data} done={done} onOpenChange={onOpenChange} title={title} />
  const actions = (
    <>
      <DialogCancel>
        <Button>{t('cancel')}</Button>
      </DialogCancel>
      <Button variant={variant} busy={steer.isPending} onClick={send}>
        {submit}
      </Button>
    </>
  )
  return (
    <Dialog open onOpenChange={onOpenChange} title={title} description={description} actions={actions}>
      {conflict !== null && <Conflict seen={seen} fresh={state.control} error={conflict} />}
      {children}
      <ReasonField value={reason} onChange={setReason} error={wasTried && isMissing ? t('reasonMissing') : undefined} />
      {steer.error && conflict === null && !steer.isPending && <ErrorNotice error={steer.error} />}
    </Dialog>
  )
}

/** Who changed what meanwhile, in words. */
function Conflict({ seen, fresh, error }: { seen: ControlNow; fresh: ControlNow; error: unknown }) {
  const t = useTranslations('control.conflict')
  const audit = useQuery(latestAuditQuery())
  const say = useDifference(audit.data?.items ?? [])
  const words = useErrorWords()
  const differences = controlDifferences(seen, fresh).map(say)
  return (
    <Notice tone="busy" role="alert" title={t('title')}>
      <ul>
        {differences.map((said) => (
          <li key={said}>{said}</li>
        ))}
      </ul>
      {differences.length === 0 && <p>{seen.version === fresh.version ? words(error).detail : t('nothing')}</p>}
      <p className="mt-1">{t('again')}</p>
    </Notice>
  )
}

/** A pause that is gone names nobody any more: the audit does. */
function useDifference(audit: readonly AuditEntryShown[]): (difference: ControlDifference) => string {
  const t = useTranslations('control.conflict')
  const scopeName = useScopeName()
  const actorName = useActorName()
  const relative = useRelativeTime()
  const resumed = (scope: Scope) => {
    const entry = audit.find(({ action, target }) => action === 'control.resume' && target === scopeKey(scope))
    if (entry === undefined) return t('resumed', { scope: scopeName(scope) })
    const { actor, at, reason } = entry
    return t('resumedBy', { actor: actorName(actor), scope: scopeName(scope), at: relative(at), reason: reason ?? '' })
  }
  return (difference) => {
    switch (difference.kind) {
      case 'paused': {
        const { actor, scope, since, reason } = difference.pause
        return t('paused', { actor: actorName(actor), scope: scopeName(scope), at: relative(since), reason })
      }
      case 'resumed':
        return resumed(difference.scope)
      case 'dryRunOn':
      case 'dryRunOff': {
        const { actor, since, reason } = difference.dryRun
        return t(difference.kind, { actor: actorName(actor), at: relative(since), reason })
      }
      case 'enabled':
      case 'disabled':
        return t(difference.kind)
    }
  }
}

interface DoneProps {
  changed: ControlChanged
  done: string
  title: ReactNode
  onOpenChange: (open: boolean) => void
}

/** It holds, and these were past their patch already. */
function Done({ changed: { underWay }, done, title, onOpenChange }: DoneProps) {
  const t = useTranslations('control.underWay')
  const common = useTranslations('common')
  const phase = useTranslations('phase')
  return (
    <Dialog open onOpenChange={onOpenChange} title={title} actions={<Button onClick={() => onOpenChange(false)}>{common('close')}</Button>}>
      <Notice tone="good" role="status" title={done} />
      <section>
        <h3 className="font-semibold">{t('title', { count: underWay.length })}</h3>
        <ul className="mt-1">
          {underWay.map((one) => (
            <li key={one.id}>
              <a href={`/rollbacks/${one.id}`} className="touch-target inline-flex items-center text-accent-strong underline">
                {t('item', { workload: workloadKey(one.workload).replace('/Deployment/', '/'), phase: phase(one.phase) })}
              </a>
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  )
}
