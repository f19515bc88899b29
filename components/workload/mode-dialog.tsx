'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { WorkloadPolicy } from '../../lib/client/policies.ts'
import { useSaveMode } from '../../lib/client/save-mode.ts'
import { MODES, type Mode } from '../../lib/core/policy.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog, DialogCancel } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { ReasonField } from '../ui/field.tsx'

interface ModeDialogProps {
  workload: WorkloadRef
  policy: WorkloadPolicy
  onClose: () => void
}

/** Sets what Snapback may do about one workload; its other settings stay. */
export function ModeDialog({ workload, policy, onClose }: ModeDialogProps) {
  const t = useTranslations('workload')
  const common = useTranslations('common')
  const [mode, setMode] = useState<Mode | 'inherit'>(policy.fields.mode ?? 'inherit')
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const save = useSaveMode()
  const options = [
    { value: 'inherit' as const, label: t('policy.inherit') },
    ...MODES.map((value) => ({ value, label: t(`mode.${value}`), hint: t(`modeSays.${value}`) })),
  ]
  const send = () => {
    setTried(true)
    if (reason.trim() === '') return
    save.mutate({ workload, policy, mode: mode === 'inherit' ? null : mode, reason: reason.trim() }, { onSuccess: onClose })
  }
  const { name } = workload
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('policy.changeTitle', { name })}
      actions={
        <>
          <DialogCancel>
            <Button>{common('cancel')}</Button>
          </DialogCancel>
          <Button variant="primary" busy={save.isPending} onClick={send}>
            {mode === 'inherit' ? t('policy.confirmInherit', { name }) : t('policy.confirm', { name, mode: t(`mode.${mode}`) })}
          </Button>
        </>
      }
    >
      {save.error && <ErrorNotice error={save.error} />}
      <Choice label={t('policy.fields.mode')} value={mode} onChange={setMode} options={options} />
      <ReasonField value={reason} onChange={setReason} error={isTried && reason.trim() === '' ? common('reasonMissing') : null} />
    </Dialog>
  )
}
