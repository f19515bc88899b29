'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RevisionStory } from '../../lib/client/revisions.ts'
import { useTakeBackCondemnation } from '../../lib/client/take-back-condemnation.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogCancel } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { ReasonField } from '../ui/field.tsx'

interface TakeBackDialogProps {
  workload: WorkloadRef
  story: RevisionStory
  onClose: () => void
}

/** A person says that a revision was rolled away from wrongly. */
export function TakeBackDialog({ workload, story, onClose }: TakeBackDialogProps) {
  const t = useTranslations('workload.takeBack')
  const common = useTranslations('common')
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const takeBack = useTakeBackCondemnation()
  const { number, materialFingerprint } = story.revision
  const send = () => {
    setTried(true)
    if (reason.trim() === '') return
    takeBack.mutate({ workload, materialFingerprint, reason: reason.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title', { number, name: workload.name })}
      description={t('detail')}
      actions={
        <>
          <DialogCancel>
            <Button>{common('cancel')}</Button>
          </DialogCancel>
          <Button variant="primary" busy={takeBack.isPending} onClick={send}>
            {t('confirm', { number })}
          </Button>
        </>
      }
    >
      {story.isCurrent && <p>{t('currentDetail')}</p>}
      {takeBack.error && <ErrorNotice error={takeBack.error} />}
      <ReasonField value={reason} onChange={setReason} error={isTried && reason.trim() === '' ? common('reasonMissing') : null} />
    </Dialog>
  )
}
