'use client'

import { ShieldAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { OpenBreaker } from '../../lib/client/breaker.ts'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { useDuration } from '../ui/duration.tsx'
import { Instant } from '../ui/time.tsx'
import { CloseBreakerDialog } from './close-breaker-dialog.tsx'
import { useOpenBreaker } from './use-open-breaker.ts'

/** On every page while the budget is spent: alerts do nothing by themselves then, and somebody should look. */
export function BreakerStrip() {
  const breaker = useOpenBreaker()
  const mayClose = useMay('operator')
  const [isClosing, setClosing] = useState(false)
  return (
    <>
      {breaker && <Strip breaker={breaker} onClose={mayClose ? () => setClosing(true) : null} />}
      {/* Beside the strip: when the breaker closes meanwhile, the dialog stays and says so. */}
      {isClosing && <CloseBreakerDialog onClose={() => setClosing(false)} />}
    </>
  )
}

function Strip({ breaker, onClose }: { breaker: OpenBreaker; onClose: (() => void) | null }) {
  const t = useTranslations('breaker')
  return (
    <section aria-label={t('label')} className="border-b border-bad/40 bg-bad-soft" data-breaker="open">
      <div className="mx-auto flex max-w-[68rem] flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
        <ShieldAlert aria-hidden className="size-5 shrink-0 text-bad max-sm:hidden" />
        <div role="status" className="min-w-0 flex-1 basis-72 break-words">
          <p className="font-semibold text-bad">{t('open')}</p>
          <p className="text-[0.8125rem]">
            <BreakerFacts breaker={breaker} />
          </p>
        </div>
        {onClose && <Button onClick={onClose}>{t('close')}</Button>}
      </div>
    </section>
  )
}

/** How much is spent, and when it closes. */
function BreakerFacts({ breaker: { spent, count, windowMs, closesAt } }: { breaker: OpenBreaker }) {
  const t = useTranslations('breaker')
  const duration = useDuration()
  return t.rich('facts', { spent, count, window: duration(windowMs), at: () => <Instant at={closesAt} show="both" /> })
}
