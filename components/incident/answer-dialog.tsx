'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useAnswerRollback } from '../../lib/client/answer-rollback.ts'
import { controlQuery } from '../../lib/client/control.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogCancel } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { ReasonField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import type { Rollback } from './story.ts'

export type AnswerKind = 'approve' | 'decline' | 'abort'

interface AnswerDialogProps {
  rollback: Rollback
  kind: AnswerKind
  onClose: () => void
}

/** Says yes or no to a proposal, or stops a rollback: names what will happen to what, and asks why. */
export function AnswerDialog({ rollback, kind, onClose }: AnswerDialogProps) {
  const t = useTranslations('incident')
  const common = useTranslations('common')
  const answer = useAnswerRollback()
  const control = useQuery(controlQuery())
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const names = { workload: rollback.workload.name, from: rollback.from.number, to: rollback.to.number }
  const isMissing = reason.trim() === ''
  const isDryRun = kind === 'approve' && control.data?.isDryRun === true

  function send() {
    setTried(true)
    if (!isMissing) answer.mutate({ id: rollback.id, answer: kind, reason: reason.trim() }, { onSuccess: onClose })
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`dialog.${kind}Title`, names)}
      description={t(`dialog.${kind}Text`, names)}
      actions={
        <>
          <DialogCancel>
            <Button variant="ghost">{common('cancel')}</Button>
          </DialogCancel>
          <Button variant={kind === 'decline' ? 'primary' : 'danger'} busy={answer.isPending} onClick={send}>
            {t(`action.${kind}`, names)}
          </Button>
        </>
      }
    >
      {isDryRun && <Notice tone="dry" title={t('action.dryRun')} />}
      <ReasonField value={reason} onChange={setReason} error={isTried && isMissing ? common('reasonMissing') : undefined} />
      {answer.error && <ErrorNotice error={answer.error} />}
    </Dialog>
  )
}
