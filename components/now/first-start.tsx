'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { controlQuery } from '../../lib/client/control.ts'
import { isFirstStart } from '../../lib/client/control-state.ts'
import { Notice } from '../ui/notice.tsx'

/** Said until somebody decides about dry run, since nobody has chosen it. */
export function FirstStart() {
  const t = useTranslations('control.firstStart')
  const { data } = useQuery(controlQuery())
  if (data === undefined || !isFirstStart(data)) return null
  return (
    <div className="mb-4">
      <Notice tone="dry" title={t('title')}>
        {t('detail')}
      </Notice>
    </div>
  )
}
