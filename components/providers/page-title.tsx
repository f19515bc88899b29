'use client'

import { useTranslations } from 'use-intl'
import { useOpenIncidents } from './open-incidents.tsx'

/** The title in the browser's tab, with the number of open incidents before it. Once a page. */
export function PageTitle({ page }: { page: string }) {
  const t = useTranslations('shell')
  const open = useOpenIncidents()
  return <title>{open > 0 ? t('titleOpen', { open, page }) : t('title', { page })}</title>
}
