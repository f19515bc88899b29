'use client'

import { BellRing } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { CopyText } from '../ui/copy-text.tsx'
import { Empty } from '../ui/empty.tsx'

/** Nothing was ever heard: how to be told. */
export function ConnectAlertmanager() {
  const t = useTranslations('now.empty')
  return (
    <Empty icon={<BellRing aria-hidden />} title={t('title')}>
      <p>{t('detail')}</p>
      <ol className="mx-auto mt-4 max-w-[26rem] space-y-3 text-left">
        <li>
          <p className="mb-1">{t('route')}</p>
          <CopyText text="npm run -s rules -- --alertmanager" />
        </li>
        <li>
          <p className="mb-1">{t('rules')}</p>
          <CopyText text="npm run -s rules" />
        </li>
      </ol>
      <p className="mt-4 text-[0.8125rem]">{t('docs')}</p>
    </Empty>
  )
}
