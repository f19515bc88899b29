'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { controlQuery } from '../../lib/client/control.ts'
import { controlState, isFirstStart } from '../../lib/client/control-state.ts'
import { headline, type NowBoard } from '../../lib/client/now-board.ts'
import { useNow } from '../providers/clock.tsx'
import { COLOURS } from '../ui/coloured.tsx'
import { PageLead } from '../ui/page-lead.tsx'
import { useRelativeTime } from '../ui/time.tsx'
import { useWhatHappened } from './ended-list.tsx'

/** One sentence of what goes on, and below it what came last or what would happen next. */
export function NowLead({ board }: { board: NowBoard }) {
  const t = useTranslations('now')
  const { key, values } = headline(board)
  const isQuiet = key === 'quiet' || key === 'nothingYet'
  return (
    <PageLead
      headline={t.rich(`headline.${key}`, { ...COLOURS, ...values })}
      subline={
        isQuiet && (
          <>
            <Expectation />
            <LastEnded board={board} />
          </>
        )
      }
    />
  )
}

/** What a new incident would meet; nothing to say while Snapback acts. */
function Expectation() {
  const t = useTranslations('now.subline')
  const { data } = useQuery(controlQuery())
  const now = useNow()
  const kind = data && controlState(data, now).kind
  // A first start says it at length below.
  if (data && isFirstStart(data)) return null
  return kind === undefined || kind === 'acting' ? null : <p>{t(kind)}</p>
}

function LastEnded({ board }: { board: NowBoard }) {
  const t = useTranslations('now.subline')
  const relative = useRelativeTime()
  const what = useWhatHappened()
  const [last] = board.ended
  if (!last) return null
  return <p>{t('last', { workload: last.workload.name, ago: relative(last.endedAt), what: what(last) })}</p>
}
