'use client'

import { useQuery } from '@tanstack/react-query'
import { FlaskConical, Undo2 } from 'lucide-react'
import Link from 'next/link'
import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { controlQuery } from '../../lib/client/control.ts'
import { useRequestRollback } from '../../lib/client/request-rollback.ts'
import type { RevisionRef, WorkloadRef } from '../../lib/core/workload.ts'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody } from '../ui/card.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { ReasonField } from '../ui/field.tsx'
import { StickyActions } from '../ui/sticky-actions.tsx'
import { workloadPath } from '../ui/workload-path.ts'
import { HeldNotice } from './held-notice.tsx'
import { usePreflight } from './use-preflight.ts'

interface ConfirmProps {
  workload: WorkloadRef
  /** Null: none is known. */
  current: RevisionRef | null
  target: RevisionRef
  onOpened: (rollbackId: string) => void
}

/** Says why, and presses the button that names what will happen. */
export function Confirm({ workload, current, target, onOpened }: ConfirmProps) {
  const t = useTranslations('rollBack')
  const common = useTranslations('common')
  const id = useId()
  const isOperator = useMay('operator')
  const preflight = usePreflight(workload, target.uid)
  const { data: control } = useQuery(controlQuery())
  const request = useRequestRollback()
  const [reason, setReason] = useState('')
  const [condemn, setCondemn] = useState(false)
  const [isTried, setTried] = useState(false)
  const isMissing = reason.trim() === ''
  const names = { name: workload.name, to: target.number }
  const isDryRun = control?.isDryRun ?? false
  const isHeld = preflight.data?.effect === 'none'

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setTried(true)
    // On a phone the button is in sight and the field may not be.
    if (isMissing) return event.currentTarget.querySelector('textarea')?.focus()
    const asked = { workload, toRevisionUid: target.uid, reason: reason.trim(), condemn }
    // A callback of `mutate` would be lost if the current revision changed, and this form went, before the answer came.
    request.mutateAsync(asked).then(
      ({ rollback }) => rollback && onOpened(rollback.id),
      () => {},
    )
  }

  if (!isOperator) return null
  const submit = (
    <Button
      type="submit"
      form={id}
      variant={isDryRun ? 'primary' : 'danger'}
      busy={request.isPending}
      disabled={isHeld}
      className="h-auto py-1.5 whitespace-normal"
    >
      {isDryRun ? <FlaskConical aria-hidden /> : <Undo2 aria-hidden />}
      {t(isDryRun ? 'simulate' : 'confirm', names)}
    </Button>
  )
  return (
    <>
      <Card>
        <CardBody className="pt-4">
          <form id={id} onSubmit={send} noValidate className="space-y-3">
            <ReasonField value={reason} onChange={setReason} error={isTried && isMissing ? common('reasonMissing') : undefined} />
            {current && (
              <div>
                <Checkbox
                  label={t('condemn', { from: current.number })}
                  checked={condemn}
                  onChange={setCondemn}
                  aria-describedby={`${id}-condemn`}
                />
                <p id={`${id}-condemn`} className="pl-7.5 text-[0.8125rem] text-text-2">
                  {t('condemnHint')}
                </p>
              </div>
            )}
            {request.error && <ErrorNotice error={request.error} />}
            {request.data?.rollback === null && <HeldNotice decision={request.data.decision} />}
            <div className="hidden flex-wrap gap-2 pt-1 sm:flex">
              {submit}
              <Button asChild>
                <Link href={workloadPath(workload)}>{t('cancel')}</Link>
              </Button>
            </div>
          </form>
        </CardBody>
      </Card>
      <StickyActions>{submit}</StickyActions>
    </>
  )
}
