'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'

/** An address that leads nowhere. */
export function MissingPage() {
  const t = useTranslations('common.notFound')
  const shell = useTranslations('shell')
  return (
    <div className="py-10">
      <title>{shell('title', { page: t('title') })}</title>
      <Empty
        title={<span className="text-lg">{t('title')}</span>}
        action={
          <Button asChild variant="primary">
            <Link href="/">{t('action')}</Link>
          </Button>
        }
      >
        {t('detail')}
      </Empty>
    </div>
  )
}
