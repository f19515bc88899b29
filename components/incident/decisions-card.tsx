'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { IncidentDetail } from '../../lib/client/incidents.ts'
import { whyNotJudgeable } from '../../lib/core/judgement.ts'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { JudgementMark } from '../ui/judgement-mark.tsx'
import { replayPath } from '../ui/replay-path.ts'
import { useSentences } from '../ui/sentence.tsx'
import { Instant, useClockTime } from '../ui/time.tsx'
import { VerdictBadge } from '../ui/verdict-badge.tsx'
import { VisuallyHidden } from '../ui/visually-hidden.tsx'
import { Fold } from './fold.tsx'
import { JudgeDialog } from './judge-dialog.tsx'
import { type Decision, rollbackOf } from './story.ts'

interface DecisionsCardProps {
  detail: IncidentDetail
  /** The one that the page is about. */
  counting: Decision | null
}

/** Every time that the incident was decided, newest first: each can be judged and replayed. */
export function DecisionsCard({ detail, counting }: DecisionsCardProps) {
  const t = useTranslations('judgement.all')
  const [judgedId, setJudgedId] = useState<string | null>(null)
  const { decisions, leftOut } = detail
  const judged = decisions.find(({ id }) => id === judgedId) ?? null
  const count = decisions.length + leftOut.decisions
  if (decisions.length < 2) return null
  return (
    <Card aria-labelledby="decisions-card">
      <CardHeader id="decisions-card" title={t('title')} />
      <CardBody>
        <Fold summary={t('aside', { count })}>
          <ul className="divide-y divide-line">
            {[...decisions].reverse().map((decision) => (
              <li key={decision.id} className="py-2.5">
                <Row decision={decision} isCounting={decision.id === counting?.id} onJudge={() => setJudgedId(decision.id)} />
              </li>
            ))}
          </ul>
          {leftOut.decisions > 0 && <p className="text-[0.8125rem] text-text-3">{t('leftOut', { count: leftOut.decisions })}</p>}
        </Fold>
      </CardBody>
      {judged !== null && (
        <JudgeDialog
          decision={judged}
          rollback={rollbackOf(detail, judged)}
          initial={judged.judgement?.judgement ?? 'right'}
          onClose={() => setJudgedId(null)}
        />
      )}
    </Card>
  )
}

function Row({ decision, isCounting, onJudge }: { decision: Decision; isCounting: boolean; onJudge: () => void }) {
  const t = useTranslations('judgement.all')
  const sentences = useSentences()
  const isOperator = useMay('operator')
  const settling = decision.checks.find(({ reason }) => reason === decision.reason)
  const clock = useClockTime()
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-[0.8125rem] text-text-2">
          <Instant at={decision.decidedAt} show="seconds" />
        </span>
        <VerdictBadge verdict={decision.verdict} effect={decision.effect} />
        <JudgementMark judgement={decision.judgement?.judgement ?? null} />
        {isCounting && <span className="text-[0.8125rem] text-text-3">{t('counts')}</span>}
      </div>
      <p className="mt-0.5 break-words">
        {sentences.reason(decision.reason, settling ? { ...settling.values, endsAt: settling.endsAt } : {})}
      </p>
      <div className="-ml-3.5 flex flex-wrap">
        {isOperator && whyNotJudgeable(decision) === null && (
          <Button variant="ghost" onClick={onJudge}>
            {t('judge')}
            <VisuallyHidden>{clock(decision.decidedAt, 'seconds')}</VisuallyHidden>
          </Button>
        )}
        <Button asChild variant="ghost">
          <Link href={replayPath(decision.id)}>
            {t('replay')}
            <VisuallyHidden>{clock(decision.decidedAt, 'seconds')}</VisuallyHidden>
          </Link>
        </Button>
      </div>
    </>
  )
}
