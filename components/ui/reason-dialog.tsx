'use client'

import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'
import { Dialog, DialogCancel } from './dialog.tsx'
import { ErrorNotice } from './error-notice.tsx'
import { ReasonField } from './field.tsx'

interface ReasonDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  /** Prefilled, and may be changed. */
  initialReason?: string
  /** Names what will happen to what. */
  submit: ReactNode
  variant?: 'primary' | 'danger'
  /** Between description and reason: a notice, a choice. */
  children?: ReactNode
  error?: unknown
  busy?: boolean
  onSubmit: (reason: string) => void
}

/** One more look before something is changed: what, to what, and why. */
export function ReasonDialog({ open, onOpenChange, ...rest }: ReasonDialogProps) {
  // Anew each time it opens: nothing is left of the last one.
  return open ? <Opened open onOpenChange={onOpenChange} {...rest} /> : null
}

function Opened(props: ReasonDialogProps) {
  const { open, onOpenChange, title, description, initialReason = '', submit, variant = 'primary', children, error, busy, onSubmit } = props
  const t = useTranslations('common')
  const [reason, setReason] = useState(initialReason)
  const [wasTried, setTried] = useState(false)
  const isMissing = reason.trim() === ''
  const send = () => {
    setTried(true)
    if (!isMissing) onSubmit(reason.trim())
  }
  const actions = (
    <>
      <DialogCancel>
        <Button>{t('cancel')}</Button>
      </DialogCancel>
      <Button variant={variant} busy={busy} onClick={send}>
        {submit}
      </Button>
    </>
  )
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description} actions={actions}>
      {children}
      <ReasonField value={reason} onChange={setReason} error={wasTried && isMissing ? t('reasonMissing') : undefined} />
      {error != null && <ErrorNotice error={error} />}
    </Dialog>
  )
}
