'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import { useErrorWords } from '../ui/error-notice.tsx'
import { PageLead } from '../ui/page-lead.tsx'

/** A page that broke, in the words of every other error. */
export function BrokenPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations('common')
  const { title, detail } = useErrorWords()(error)
  return (
    <div role="alert">
      <PageLead
        headline={title}
        subline={detail}
        actions={
          <>
            <Button variant="primary" onClick={onRetry}>
              {t('retry')}
            </Button>
            <Button asChild>
              <Link href="/">{t('notFound.action')}</Link>
            </Button>
          </>
        }
      />
    </div>
  )
}
