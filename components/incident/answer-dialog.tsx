'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useAnswerRollback } from '../../lib/client/answer-rollback.ts'
import { controlQuery } from '../../lib/client/control.ts'
import { Notice } from '../ui/notice.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
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
  const answer = useAnswerRollback()
  const control = useQuery(controlQuery())
  const names = { workload: rollback.workload.name, from: rollback.from.number, to: rollback.to.number }
  const isDryRun = kind === 'approve' && control.data?.isDryRun === true
  return (
    <ReasonDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`dialog.${kind}Title`, names)}
      description={t(`dialog.${kind}Text`, names)}
      submit={t(`action.${kind}`, names)}
      variant={kind === 'decline' ? 'primary' : 'danger'}
      error={answer.error}
      busy={answer.isPending}
      onSubmit={(reason) => answer.mutate({ id: rollback.id, answer: kind, reason }, { onSuccess: onClose })}
    >
      {isDryRun && <Notice tone="dry" title={t('action.dryRun')} />}
    </ReasonDialog>
  )
}
