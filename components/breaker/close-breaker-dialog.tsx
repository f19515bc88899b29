'use client'

import { useQuery } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { breakerQuery } from '../../lib/client/breaker.ts'
import { useCloseBreaker } from '../../lib/client/close-breaker.ts'
import { controlQuery } from '../../lib/client/control.ts'
import { useActorName } from '../ui/actor-name.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogCancel } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { ReasonField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { useRelativeTime } from '../ui/time.tsx'
import { SpentList } from './spent-list.tsx'
import { useOpenBreaker } from './use-open-breaker.ts'

/** What an open breaker means, what opened it, and what closing it sets free. */
export function CloseBreakerDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('breaker.form')
  const common = useTranslations('common')
  const breaker = useOpenBreaker()
  const { data: control } = useQuery(controlQuery())
  const close = useCloseBreaker()
  // The breaker that one decides on: another one is a conflict, and then the fresh one is shown.
  const [seen, setSeen] = useState(breaker)
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const isMissing = reason.trim() === ''
  const isDryRun = control?.isDryRun ?? false

  const send = () => {
    setTried(true)
    if (isMissing || seen === null) return
    const retry = () => setSeen(breaker)
    close.mutate({ reason: reason.trim(), version: seen.version }, { onSuccess: onClose, onError: retry })
  }
  if (breaker === null) return <ClosedMeanwhile onClose={onClose} />
  const actions = (
    <>
      <DialogCancel>
        <Button>{common('cancel')}</Button>
      </DialogCancel>
      <Button variant={isDryRun ? 'primary' : 'danger'} busy={close.isPending} onClick={send}>
        {isDryRun && <FlaskConical aria-hidden />}
        {t(isDryRun ? 'submitDry' : 'submit')}
      </Button>
    </>
  )
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('title')} description={t('description')} actions={actions}>
      <SpentList breaker={breaker} />
      <p>{t(isDryRun ? 'effectDry' : 'effect', { spent: breaker.spent })}</p>
      <ReasonField value={reason} onChange={setReason} error={wasTried && isMissing ? common('reasonMissing') : undefined} />
      {close.error && !close.isPending && <ErrorNotice error={close.error} />}
    </Dialog>
  )
}

/** Somebody was faster, or the window moved on. */
function ClosedMeanwhile({ onClose }: { onClose: () => void }) {
  const t = useTranslations('breaker.form')
  const common = useTranslations('common')
  const actorName = useActorName()
  const relative = useRelativeTime()
  const { data } = useQuery(breakerQuery())
  const by = data?.state === 'closed' ? data.lastClosed : null
  const actions = <Button onClick={onClose}>{common('close')}</Button>
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('title')} actions={actions}>
      <Notice tone="good" role="status" title={t('isClosed')}>
        {by && t('closedBy', { actor: actorName(by.actor), at: relative(by.at), reason: by.reason })}
      </Notice>
    </Dialog>
  )
}
