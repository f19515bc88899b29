'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import { PageLead } from '../ui/page-lead.tsx'

/** An address that leads nowhere. */
export function MissingPage() {
  const t = useTranslations('common.notFound')
  const shell = useTranslations('shell')
  return (
    <>
      <title>{shell('title', { page: t('title') })}</title>
      <PageLead
        headline={t('title')}
        subline={t('detail')}
        actions={
          <Button asChild variant="primary">
            <Link href="/">{t('action')}</Link>
          </Button>
        }
      />
    </>
  )
}
