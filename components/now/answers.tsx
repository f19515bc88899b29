'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useAnswerRollback } from '../../lib/client/answer-rollback.ts'
import { controlQuery } from '../../lib/client/control.ts'
import { controlState } from '../../lib/client/control-state.ts'
import type { RollbackInList } from '../../lib/client/rollbacks.ts'
import { useApprovalStop } from '../providers/approval-stop.ts'
import { useNow } from '../providers/clock.tsx'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'

type Asked = 'approve' | 'decline' | 'abort'

/** What a person may say to a rollback: yes or no to a proposal, stop to one whose patch was not sent. */
export function Answers({ rollback }: { rollback: RollbackInList }) {
  const t = useTranslations('now')
  const mayAnswer = useMay('operator')
  const [asked, setAsked] = useState<Asked | null>(null)
  const now = useNow()
  const { workload, to, phase, expiresAt } = rollback
  const isDryRun = useIsDryRun() || rollback.dryRun
  const common = useTranslations('common')
  const stop = useApprovalStop(workload)
  // The engine is about to end it: a yes would be refused.
  const isOver = expiresAt !== null && expiresAt <= now
  if (!mayAnswer || isOver) return null
  const named = { workload: workload.name, revision: to.number }
  return (
    <>
      {phase === 'proposed' && (
        <>
          {stop === null ? (
            <Button variant="primary" onClick={() => setAsked('approve')}>
              {t(isDryRun ? 'approveDry' : 'approve', named)}
            </Button>
          ) : (
            <p className="w-full text-[0.8125rem] text-text-2">{common(`approvalStopped.${stop}`)}</p>
          )}
          <Button onClick={() => setAsked('decline')}>{t('decline')}</Button>
        </>
      )}
      {phase === 'pending' && <Button onClick={() => setAsked('abort')}>{t('abort')}</Button>}
      {asked !== null && <AnswerDialog rollback={rollback} asked={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

function AnswerDialog({ rollback, asked, onClose }: { rollback: RollbackInList; asked: Asked; onClose: () => void }) {
  const t = useTranslations('now')
  const answer = useAnswerRollback()
  const isDryRun = useIsDryRun() || rollback.dryRun
  const { id, workload, from, to, reason } = rollback
  const values = {
    workload: workload.name,
    namespace: workload.namespace,
    from: from.number,
    to: to.number,
    revision: to.number,
    images: to.images.join(', '),
    reason,
  }
  return (
    <ReasonDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`${asked}Form.title`, values)}
      description={t(`${asked}Form.description`, values)}
      initialReason={t(`${asked}Form.reason`, values)}
      submit={t(asked === 'approve' && isDryRun ? 'approveForm.submitDry' : `${asked}Form.submit`, values)}
      variant={asked === 'approve' && !isDryRun ? 'danger' : 'primary'}
      error={answer.error}
      busy={answer.isPending}
      onSubmit={(stated) => answer.mutate({ id, answer: asked, reason: stated }, { onSuccess: onClose })}
    >
      {asked === 'approve' && isDryRun && <Notice tone="dry" title={t('approveForm.dryRun')} />}
    </ReasonDialog>
  )
}

function useIsDryRun(): boolean {
  const { data } = useQuery(controlQuery())
  const now = useNow()
  return data !== undefined && controlState(data, now).control.isDryRun
}
