'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { OpenBreaker } from '../../lib/client/breaker.ts'
import { StatusBadge } from '../ui/status-badge.tsx'
import { Instant } from '../ui/time.tsx'

/** As many are worth a look here; the rest is counted. */
const SHOWN = 8

/** The rollbacks that spent the budget, the latest first. */
export function SpentList({ breaker: { rollbacks } }: { breaker: OpenBreaker }) {
  const t = useTranslations('breaker')
  const latest = [...rollbacks].reverse()
  const more = latest.length - SHOWN
  return (
    <section>
      <h3 className="font-semibold">{t('spentBy')}</h3>
      <ul className="mt-1">
        {latest.slice(0, SHOWN).map(({ id, at, workload, phase, incidentId, from, to }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line py-1 last:border-0">
            <Link
              href={incidentId === null ? `/rollbacks/${id}` : `/incidents/${incidentId}`}
              className="touch-target inline-flex min-w-0 flex-1 basis-40 items-center font-medium break-all hover:underline"
            >
              {workload.name}
            </Link>
            <span className="sm:order-last">
              <StatusBadge phase={phase} />
            </span>
            <span className="text-[0.8125rem] text-text-2 max-sm:basis-full">
              {t('fromTo', { from, to })} · <Instant at={at} />
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="mt-1 text-[0.8125rem] text-text-2">{t('more', { count: more })}</p>}
    </section>
  )
}
