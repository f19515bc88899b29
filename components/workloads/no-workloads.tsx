'use client'

import { Boxes, SearchX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { useWorkloadsUrl } from './url.ts'

/** Nothing to show: because nothing was seen yet, or because nothing fits. */
export function NoWorkloads({ isFiltered }: { isFiltered: boolean }) {
  const t = useTranslations('workloads')
  const { narrow } = useWorkloadsUrl()
  if (!isFiltered) {
    return (
      <Empty icon={<Boxes aria-hidden />} title={t('empty.title')}>
        {t('empty.detail')}
      </Empty>
    )
  }
  return (
    <Empty
      icon={<SearchX aria-hidden />}
      title={t('noMatch.title')}
      action={<Button onClick={() => narrow({ namespace: null, search: null })}>{t('noMatch.action')}</Button>}
    >
      {t('noMatch.detail')}
    </Empty>
  )
}
