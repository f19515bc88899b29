'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'

/** An address that leads nowhere. */
export function MissingPage() {
  const t = useTranslations('common.notFound')
  const shell = useTranslations('shell')
  return (
    <div className="mx-auto max-w-[46rem] px-4 py-10">
      <title>{shell('title', { page: t('title') })}</title>
      <h1 className="text-xl font-bold tracking-[-0.01em]">{t('title')}</h1>
      <p className="mt-1.5 mb-4 text-text-2">{t('detail')}</p>
      <Button asChild variant="primary">
        <Link href="/">{t('action')}</Link>
      </Button>
    </div>
  )
}
