'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { controlQuery } from '../../lib/client/control.ts'
import { useSteerAutomation } from '../../lib/client/steer-automation.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog, DialogCancel } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { ReasonField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'

const LENGTHS_MS = { minutes30: 30 * 60_000, hours2: 2 * 3_600_000, hours8: 8 * 3_600_000 } as const
type Length = keyof typeof LENGTHS_MS

/** Pauses this one workload, on the control that is seen: who else changed it meanwhile is not overwritten. */
export function PauseDialog({ workload, onClose }: { workload: WorkloadRef; onClose: () => void }) {
  const t = useTranslations('incident.dialog')
  const action = useTranslations('incident.action')
  const common = useTranslations('common')
  const control = useQuery(controlQuery())
  const steer = useSteerAutomation()
  const [length, setLength] = useState<Length>('minutes30')
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const isMissing = reason.trim() === ''
  const names = { workload: workload.name }

  function send() {
    setTried(true)
    if (isMissing) return
    steer.mutate({
      action: 'pause',
      scope: { level: 'workload', workload },
      reason: reason.trim(),
      until: Date.now() + LENGTHS_MS[length],
      version: control.data?.version ?? null,
    })
  }

  const underWay = steer.data?.underWay.length ?? 0
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('pauseTitle', names)}
      description={t('pauseText')}
      actions={
        <>
          <DialogCancel>
            <Button variant="ghost">{common(steer.isSuccess ? 'close' : 'cancel')}</Button>
          </DialogCancel>
          {!steer.isSuccess && (
            <Button variant="primary" busy={steer.isPending} onClick={send}>
              {action('pause', names)}
            </Button>
          )}
        </>
      }
    >
      {steer.isSuccess ? (
        <Notice tone="hold" role="status" title={t('pausedNow', names)}>
          {underWay > 0 && t('underWay', { count: underWay })}
        </Notice>
      ) : (
        <>
          <Choice
            label={t('pauseFor')}
            value={length}
            onChange={setLength}
            options={(Object.keys(LENGTHS_MS) as Length[]).map((value) => ({ value, label: t(value) }))}
          />
          <ReasonField value={reason} onChange={setReason} error={isTried && isMissing ? common('reasonMissing') : undefined} />
        </>
      )}
      {steer.error && <ErrorNotice error={steer.error} />}
    </Dialog>
  )
}
