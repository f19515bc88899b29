'use client'

import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import { useWorkloadsUrl } from './url.ts'

/** Turns the pages of a list that is longer than one. */
export function Pages({ nextCursor }: { nextCursor: string | null }) {
  const t = useTranslations('workloads')
  const { cursor, turn } = useWorkloadsUrl()
  if (cursor === null && nextCursor === null) return null
  return (
    <div className="flex gap-2 pt-4">
      {cursor !== null && <Button onClick={() => turn(null)}>{t('first')}</Button>}
      {nextCursor !== null && <Button onClick={() => turn(nextCursor)}>{t('next')}</Button>}
    </div>
  )
}
