'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type RangeReplay, rangeReplayQuery, type TriedPolicy } from '../../lib/client/replay.ts'
import type { PolicyFields } from '../../lib/core/policy.ts'
import type { Scope } from '../../lib/core/scope.ts'
import { Button } from '../ui/button.tsx'
import { COLOURS } from '../ui/coloured.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { RangeChangeList } from './range-changes.tsx'
import { askedOf, minuteAfter, rangeOf, rangePath } from './range-search.ts'

const DAYS = [7, 14] as const
const LISTED = 5

interface TryOnHistoryProps {
  scope: Scope
  /** All that the scope would set. */
  fields: PolicyFields
  /** Says whether the fields can be tried, and shows what is wrong where not. */
  mayTry: () => boolean
}

/** What the changes would have made of the last days, before they are saved. */
export function TryOnHistory({ scope, fields, mayTry }: TryOnHistoryProps) {
  const t = useTranslations('policies.try')
  const [run, setRun] = useState<{ days: number; until: number; edit: TriedPolicy } | null>(null)
  const start = (days: number) => {
    if (mayTry()) setRun({ days, until: minuteAfter(Date.now()), edit: { fields, scope } })
  }
  // What was tried is what is shown: typing on does not change the answer below it.
  const isOfNow = run !== null && JSON.stringify(run.edit.fields) === JSON.stringify(fields)
  return (
    <section aria-labelledby="try-on-history" className="border-t border-line pt-3">
      <h3 id="try-on-history" className="font-semibold">
        {t('title')}
      </h3>
      <p className="text-[0.8125rem] text-text-2">{t('detail')}</p>
      <div className="mt-2 flex gap-2 *:flex-1">
        {DAYS.map((days) => (
          <Button key={days} onClick={() => start(days)}>
            {t('run', { days })}
          </Button>
        ))}
      </div>
      {run !== null && isOfNow && <Answer scope={scope} run={run} />}
    </section>
  )
}

function Answer({ scope, run: { days, until, edit } }: { scope: Scope; run: { days: number; until: number; edit: TriedPolicy } }) {
  const t = useTranslations('policies.try')
  const range = useTranslations('replay.rangePage')
  const asked = { ...askedOf(scope), days, edit }
  const query = useQuery(rangeReplayQuery(rangeOf(asked, until)))
  return (
    <div className="mt-3" aria-live="polite">
      <QueryState query={query} loading={<SkeletonRows rows={2} />}>
        {(replay) =>
          replay.decisions === 0 ? (
            <p className="text-text-2">{range('none', { days })}</p>
          ) : (
            <>
              <p className="font-semibold">{range.rich('headline', { ...COLOURS, ...countsOf(replay), days })}</p>
              {replay.changes.length > 0 && (
                <div className="mt-1">
                  <RangeChangeList replay={replay} edit={edit} most={LISTED} />
                </div>
              )}
              <Button asChild className="mt-2">
                <Link href={rangePath(asked)} target="_blank">
                  {t('more')}
                </Link>
              </Button>
            </>
          )
        }
      </QueryState>
    </div>
  )
}

function countsOf({ decisions, changed, cannotTell }: RangeReplay) {
  return { decisions, changed, cannotTell }
}
