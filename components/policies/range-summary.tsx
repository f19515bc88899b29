'use client'

import { useTranslations } from 'use-intl'
import type { RangeReplay, TriedPolicy } from '../../lib/client/replay.ts'
import { JUDGEMENTS } from '../../lib/core/judgement.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { Notice } from '../ui/notice.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { Instant } from '../ui/time.tsx'
import { useOutcomeWords } from './outcome-words.ts'
import { RangeChanges } from './range-changes.tsx'

type Count = RangeReplay['counts'][number]

/** Counts, what people said of those that change, and the list of changes. */
export function RangeSummary({ replay, edit }: { replay: RangeReplay; edit: TriedPolicy | null }) {
  const t = useTranslations('replay.rangePage')
  return (
    <>
      {replay.truncated && <Notice tone="busy" title={t.rich('truncated', { at: () => <Instant at={replay.from} show="clock" /> })} />}
      <Card aria-labelledby="range-changes">
        <CardHeader id="range-changes" title={t('changes.title')} />
        <CardBody>
          <RangeChanges replay={replay} edit={edit} />
        </CardBody>
      </Card>
      <Card aria-labelledby="range-counts">
        <CardHeader id="range-counts" title={t('counts.title')} />
        <CardBody>
          <Counts counts={replay.counts} />
        </CardBody>
      </Card>
      <Card aria-labelledby="range-judged">
        <CardHeader id="range-judged" title={t('judged.title')} />
        <CardBody>
          <Judged judged={replay.judged} />
        </CardBody>
      </Card>
      {replay.open.length > 0 && <Open open={replay.open} />}
    </>
  )
}

function Counts({ counts }: { counts: readonly Count[] }) {
  const t = useTranslations('replay.rangePage.counts')
  const say = useOutcomeWords()
  const columns: Column<Count>[] = [
    { key: 'was', header: t('was'), isName: true, cell: ({ before }) => say(before) },
    {
      key: 'is',
      header: t('is'),
      cell: ({ before, after }) => {
        if (after === null) return <span className="text-hold">{t('unknown')}</span>
        return <span className={say(before) === say(after) ? 'text-text-2' : 'font-semibold text-busy'}>{say(after)}</span>
      },
    },
    { key: 'decisions', header: t('decisions'), numeric: true, cell: ({ decisions }) => decisions },
  ]
  return <Table caption={t('title')} columns={columns} rows={counts} rowKey={keyOf} />
}

function keyOf({ before, after }: Count): string {
  return JSON.stringify([before.verdict, before.effect, after?.verdict, after?.effect])
}

function Judged({ judged: { all, changed } }: Pick<RangeReplay, 'judged'>) {
  const t = useTranslations('replay.rangePage.judged')
  const said = JUDGEMENTS.filter((word) => all[word] > 0)
  if (said.length === 0) return <p className="text-text-2">{t('none')}</p>
  return (
    <ul className="space-y-1">
      {said.map((word) => (
        <li key={word}>{t('line', { word: t(`word.${word}`), count: all[word], changed: changed[word] })}</li>
      ))}
    </ul>
  )
}

function Open({ open }: Pick<RangeReplay, 'open'>) {
  const t = useTranslations('replay.rangePage.open')
  const gates = useTranslations('incident.gates.name')
  return (
    <Card aria-labelledby="range-open">
      <CardHeader id="range-open" title={t('title')} />
      <CardBody>
        <ul className="space-y-1">
          {open.map(({ gate, why, decisions }) => (
            <li key={gate + why}>{t('line', { gate: gates(gate), count: decisions })}</li>
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}
