'use client'

import { useTranslations } from 'use-intl'
import type { Liveness } from '../../lib/client/live.ts'
import { useLive } from '../providers/live.tsx'
import { classNames } from '../ui/class-names.ts'
import { useClockTime } from '../ui/time.tsx'
import { Tooltip } from '../ui/tooltip.tsx'

const DOT: Record<Liveness, string> = {
  connecting: 'border-2 border-hold',
  live: 'bg-good',
  reconnecting: 'border-2 border-busy',
  stale: 'bg-bad',
}

/** Whether what one sees is fresh. */
export function LiveMark() {
  const t = useTranslations('shell')
  const clock = useClockTime()
  const { liveness, heardAt } = useLive()
  const detail =
    liveness === 'stale' && heardAt === null
      ? t('liveDetail.staleNever')
      : t(`liveDetail.${liveness}`, { at: heardAt === null ? '' : clock(heardAt, 'seconds') })
  return (
    <Tooltip text={detail}>
      <button
        type="button"
        className="touch-target flex items-center gap-1.5 rounded-control px-2 text-[0.8125rem] text-text-2 max-sm:min-w-8 max-sm:justify-center"
        // A status inside is announced, and no part of the button's name.
        aria-label={t(`live.${liveness}`)}
        data-liveness={liveness}
      >
        <span aria-hidden className={classNames('size-2 shrink-0 rounded-full', DOT[liveness])} />
        <span role="status" className={classNames('max-lg:sr-only', liveness !== 'live' && 'max-lg:not-sr-only', 'max-sm:sr-only')}>
          {t(`live.${liveness}`)}
        </span>
      </button>
    </Tooltip>
  )
}

/** Over the page while it may be out of date: nobody should act on what was true some minutes ago. */
export function StaleBar() {
  const t = useTranslations('shell')
  const clock = useClockTime()
  const { liveness, heardAt } = useLive()
  if (liveness !== 'stale') return null
  return (
    <p role="alert" className="bg-bad-soft px-4 py-2 text-center font-medium text-bad">
      {heardAt === null ? t('staleBarNever') : t('staleBar', { at: clock(heardAt, 'seconds') })}
    </p>
  )
}
