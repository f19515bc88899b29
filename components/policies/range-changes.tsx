'use client'

import Link from 'next/link'
import { useLocale, useTranslations } from 'use-intl'
import type { RangeReplay, TriedPolicy } from '../../lib/client/replay.ts'
import type { GateName } from '../../lib/core/gates/gate-name.ts'
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
}

/** What would be decided otherwise, newest first, each with the gates that make the difference. */
export function RangeChanges({ replay: { changes, changesLeftOut }, edit }: RangeChangesProps) {
  const t = useTranslations('replay.rangePage.changes')
  const say = useOutcomeWords()
  const gates = useGateNames()
  if (changes.length === 0) return <p className="text-text-2">{t('none')}</p>
  const columns: Column<Change>[] = [
    {
      key: 'workload',
      header: t('workload'),
      isName: true,
      cell: (change) => <ToReplay change={change} edit={edit} />,
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
      cell: ({ madeBy }) => (madeBy.length === 0 ? null : gates(madeBy)),
    },
  ]
  return (
    <>
      <Table caption={t('title')} columns={columns} rows={changes} rowKey={({ decisionId }) => decisionId} />
      <LeftOut count={changesLeftOut} />
    </>
  )
}

/** The same where there is little room: the newest, one below the other. */
export function RangeChangeList({ replay: { changes, changesLeftOut }, edit, most }: RangeChangesProps & { most: number }) {
  const say = useOutcomeWords()
  const gates = useGateNames()
  const leftOut = changesLeftOut + changes.slice(most).reduce((sum, { times }) => sum + times, 0)
  return (
    <>
      <ul className="divide-y divide-line">
        {changes.slice(0, most).map((change) => (
          <li key={change.decisionId} className="py-2 font-semibold">
            <ToReplay change={change} edit={edit} />
            <div className="font-normal">
              <Arrow before={say(change.before)} after={<strong className="font-semibold text-busy">{say(change.after)}</strong>} />
              <span className="block text-[0.8125rem] text-text-2">{gates(change.madeBy)}</span>
            </div>
          </li>
        ))}
      </ul>
      <LeftOut count={leftOut} />
    </>
  )
}

function ToReplay({ change, edit }: { change: Change; edit: TriedPolicy | null }) {
  const t = useTranslations('replay.rangePage.changes')
  return (
    <Link href={replayPath(change.decisionId, edit)} className="group block min-h-11 rounded-sm wrap-anywhere">
      <span className="group-hover:underline">{change.workload?.name ?? t('unknownWorkload')}</span>
      <JudgementMark judgement={change.judgement?.judgement ?? null} />
      <span className="block text-[0.8125rem] font-normal text-text-2">
        <When change={change} />
      </span>
    </Link>
  )
}

function LeftOut({ count }: { count: number }) {
  const t = useTranslations('replay.rangePage.changes')
  return count > 0 && <p className="mt-2 text-[0.8125rem] text-text-3">{t('leftOut', { count })}</p>
}

function useGateNames(): (gates: readonly GateName[]) => string {
  const t = useTranslations('incident.gates.name')
  const locale = useLocale()
  return (gates) => new Intl.ListFormat(locale).format(gates.map((gate) => t(gate)))
}

function When({ change: { decidedAt, firstDecidedAt, times } }: { change: Change }) {
  const t = useTranslations('replay.rangePage.changes')
  if (times === 1) return <Instant at={decidedAt} show="clock" />
  return t.rich('times', { count: times, at: () => <Instant at={firstDecidedAt} show="clock" /> })
}
