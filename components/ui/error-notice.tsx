'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ApiError } from '../../lib/client/api-error.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

type Told =
  | 'unreachable'
  | 'unreadable'
  | 'storage'
  | 'upstream'
  | 'forbidden'
  | 'signedOut'
  | 'missing'
  | 'conflict'
  | 'busy'
  | 'invalid'
  | 'internal'
  | 'page'

const BY_STATUS: Record<number, Told> = {
  400: 'invalid',
  401: 'signedOut',
  403: 'forbidden',
  404: 'missing',
  409: 'conflict',
  413: 'invalid',
  429: 'busy',
  502: 'upstream',
  503: 'storage',
}

function toldBy(error: unknown): { told: Told; detail: string; requestId: string } {
  if (!(error instanceof ApiError)) return { told: 'page', detail: '', requestId: '' }
  const { failure } = error
  if (failure.kind !== 'refused') return { told: failure.kind, detail: '', requestId: '' }
  const { status, detail, requestId } = failure.problem
  return { told: BY_STATUS[status] ?? 'internal', detail, requestId }
}

/** What failed, whether something was lost, and what to try: in the same words everywhere. */
export function useErrorWords(): (error: unknown) => { title: string; detail: string } {
  const t = useTranslations('common.error')
  return (error) => {
    const { told, detail, requestId } = toldBy(error)
    return { title: t(`${told}.title`), detail: t(`${told}.detail`, { detail, requestId }) }
  }
}

interface ErrorNoticeProps {
  error: unknown
  onRetry?: () => void
  busy?: boolean
  /** More to do than to try again. */
  actions?: ReactNode
}

export function ErrorNotice({ error, onRetry, busy, actions }: ErrorNoticeProps) {
  const t = useTranslations('common')
  const { title, detail } = useErrorWords()(error)
  return (
    <Notice
      tone="bad"
      role="alert"
      title={title}
      actions={
        (onRetry || actions) && (
          <>
            {onRetry && (
              <Button onClick={onRetry} busy={busy}>
                {t('retry')}
              </Button>
            )}
            {actions}
          </>
        )
      }
    >
      {detail}
    </Notice>
  )
}
