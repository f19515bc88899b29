'use client'

import Link from 'next/link'
import { useLocale, useTranslations } from 'use-intl'
import type { RangeReplay, TriedPolicy } from '../../lib/client/replay.ts'
import { JudgementMark } from '../ui/judgement-mark.tsx'
import { replayPath } from '../ui/replay-path.ts'
import { type Column, Table } from '../ui/table.tsx'
import { Instant } from '../ui/time.tsx'
import { useOutcomeWords } from './outcome-words.ts'
import { Arrow } from './replay-parts.tsx'

type Change = RangeReplay['changes'][number]

interface RangeChangesProps {
  replay: Pick<RangeReplay, 'changes' | 'changesLeftOut'>
  edit: TriedPolicy | null
  /** As many are listed; all unless told. */
  most?: number
}

/** What would be decided otherwise, newest first, each with the gates that make the difference. */
export function RangeChanges({ replay: { changes, changesLeftOut }, edit, most = changes.length }: RangeChangesProps) {
  const t = useTranslations('replay.rangePage.changes')
  const say = useOutcomeWords()
  const gates = useTranslations('incident.gates.name')
  const locale = useLocale()
  if (changes.length === 0) return <p className="text-text-2">{t('none')}</p>
  const columns: Column<Change>[] = [
    {
      key: 'workload',
      header: t('workload'),
      isName: true,
      cell: (change) => (
        <Link href={replayPath(change.decisionId, edit)} className="group block min-h-11 rounded-sm wrap-anywhere">
          <span className="group-hover:underline">{change.workload?.name ?? t('unknownWorkload')}</span>
          <JudgementMark judgement={change.judgement?.judgement ?? null} />
          <span className="block text-[0.8125rem] font-normal text-text-2">
            <When change={change} />
          </span>
        </Link>
      ),
    },
    {
      key: 'change',
      header: t('change'),
      isPlain: true,
      cell: ({ before, after }) => <Arrow before={say(before)} after={<strong className="font-semibold text-busy">{say(after)}</strong>} />,
    },
    {
      key: 'gates',
      header: t('gates'),
      cell: ({ madeBy }) => (madeBy.length === 0 ? null : new Intl.ListFormat(locale).format(madeBy.map((gate) => gates(gate)))),
    },
  ]
  const leftOut = changesLeftOut + changes.slice(most).reduce((sum, { times }) => sum + times, 0)
  return (
    <>
      <Table caption={t('title')} columns={columns} rows={changes.slice(0, most)} rowKey={({ decisionId }) => decisionId} />
      {leftOut > 0 && <p className="mt-2 text-[0.8125rem] text-text-3">{t('leftOut', { count: leftOut })}</p>}
    </>
  )
}

function When({ change: { decidedAt, firstDecidedAt, times } }: { change: Change }) {
  const t = useTranslations('replay.rangePage.changes')
  if (times === 1) return <Instant at={decidedAt} show="clock" />
  return t.rich('times', { count: times, at: () => <Instant at={firstDecidedAt} show="clock" /> })
}
