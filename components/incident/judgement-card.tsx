'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { statusOf } from '../../lib/client/api-error.ts'
import { useJudgeDecision } from '../../lib/client/judge-decision.ts'
import { JUDGEMENTS, type JudgementWord, whyNotJudgeable } from '../../lib/core/judgement.ts'
import type { TimelineEvent } from '../../lib/core/timeline.ts'
import { useMay, useViewer } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody } from '../ui/card.tsx'
import { classNames } from '../ui/class-names.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JUDGEMENT_LOOK } from '../ui/judgement-mark.tsx'
import { Notice } from '../ui/notice.tsx'
import { JudgeDialog } from './judge-dialog.tsx'
import { JudgementSaid } from './judgement-said.tsx'
import type { Decision, Rollback } from './story.ts'

interface JudgementCardProps {
  decision: Decision | null
  /** What the decision led to. */
  rollback: Rollback | null
  timeline: readonly TimelineEvent[]
}

/** Whether it was right: one tap says so; "wrong" asks why, since it takes the condemnation back. */
export function JudgementCard({ decision, rollback, timeline }: JudgementCardProps) {
  const t = useTranslations('judgement')
  const common = useTranslations('common')
  const isOperator = useMay('operator')
  const { role } = useViewer()
  const judge = useJudgeDecision()
  const [asked, setAsked] = useState<JudgementWord | null>(null)
  if (decision === null || whyNotJudgeable(decision) !== null) return null
  const { judgement } = decision
  const press = (word: JudgementWord) => {
    if (word === 'wrong') setAsked(word)
    else judge.mutate({ decisionId: decision.id, judgement: word, note: null, version: judgement?.version ?? 0 })
  }
  return (
    <Card aria-labelledby="judgement">
      <CardBody className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 pt-3.5">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id="judgement" className="font-semibold">
            {t(`question.${decision.verdict}`)}
          </h2>
          <div className="text-text-2">{judgement === null ? t('none') : <JudgementSaid judgement={judgement} />}</div>
          {judgement?.judgement === 'wrong' && <TookBack decision={decision} rollback={rollback} timeline={timeline} />}
          {!isOperator && judgement === null && (
            <p className="text-[0.8125rem] text-text-3">{t('readOnly', { role: common(`roles.${role}`) })}</p>
          )}
        </div>
        {isOperator && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset has its legend in its border
          <div role="group" aria-labelledby="judgement" className="flex gap-2 max-sm:w-full max-sm:*:flex-1">
            {JUDGEMENTS.map((word) => (
              <WordButton key={word} word={word} isSaid={judgement?.judgement === word} busy={judge.isPending} onPress={press} />
            ))}
            {judgement !== null && (
              <Button variant="ghost" onClick={() => setAsked(judgement.judgement)}>
                {t('addNote')}
              </Button>
            )}
          </div>
        )}
        {judge.error && !judge.isPending && (
          <div className="w-full">
            {statusOf(judge.error) === 409 && judgement !== null ? (
              <Notice tone="busy" role="alert" title={t('conflict')} />
            ) : (
              <ErrorNotice error={judge.error} />
            )}
          </div>
        )}
      </CardBody>
      {asked !== null && <JudgeDialog decision={decision} rollback={rollback} initial={asked} onClose={() => setAsked(null)} />}
    </Card>
  )
}

interface WordButtonProps {
  word: JudgementWord
  isSaid: boolean
  busy: boolean
  onPress: (word: JudgementWord) => void
}

function WordButton({ word, isSaid, busy, onPress }: WordButtonProps) {
  const t = useTranslations('judgement.word')
  const { icon: Icon } = JUDGEMENT_LOOK[word]
  return (
    <Button
      aria-pressed={isSaid}
      disabled={busy}
      onClick={() => onPress(word)}
      className={classNames(isSaid && 'border-accent bg-accent-soft text-accent-strong')}
    >
      <Icon aria-hidden />
      {t(word)}
    </Button>
  )
}

function TookBack({ decision, rollback, timeline }: JudgementCardProps & { decision: Decision }) {
  const t = useTranslations('judgement')
  const isTaken = timeline.some(
    ({ kind, data }) => kind === 'judged' && data['decisionId'] === decision.id && data['condemnation'] === 'taken_back',
  )
  if (!isTaken || rollback === null) return null
  return <p className="font-medium text-good">{t('tookBack', { number: rollback.from.number })}</p>
}
