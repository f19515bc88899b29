'use client'

import { useTranslations } from 'use-intl'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { SpentList } from './spent-list.tsx'
import { useOpenBreaker } from './use-open-breaker.ts'

/** On the page of what goes on now, while the breaker is open: what opened it, and how many incidents wait for it. */
export function BreakerCard({ waiting }: { waiting: number }) {
  const t = useTranslations('breaker')
  const breaker = useOpenBreaker()
  if (breaker === null) return null
  return (
    <Card aria-labelledby="breaker-card">
      <CardHeader id="breaker-card" title={t('title')} aside={t('waiting', { count: waiting })} />
      <CardBody className="space-y-3">
        <p>{t('meaning')}</p>
        <SpentList breaker={breaker} />
      </CardBody>
    </Card>
  )
}
