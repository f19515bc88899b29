'use client'

import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { readTried } from '../../lib/client/tried-policy.ts'
import { Notice } from '../ui/notice.tsx'

/** Says of an address that was cut that what it tries out is not in the answer. */
export function UnreadEdit() {
  const t = useTranslations('replay')
  const edit = useSearchParams().get('edit')
  if (edit === null || edit === '' || readTried(edit) !== null) return null
  return (
    <Notice tone="busy" title={t('unread.title')}>
      {t('unread.detail')}
    </Notice>
  )
}
