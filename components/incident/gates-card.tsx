'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CheckRow } from '../ui/check-row.tsx'
import { replayPath } from '../ui/replay-path.ts'
import { CheckSentence } from '../ui/sentence.tsx'
import { Instant } from '../ui/time.tsx'
import { VerdictBadge } from '../ui/verdict-badge.tsx'
import { Fold } from './fold.tsx'
import type { Decision } from './story.ts'

interface GatesCardProps {
  decision: Decision | null
  /** How many times it was decided in all. */
  count: number
}

/** Why: every gate with its answer and the values seen. What holds comes first, what does not apply last. */
export function GatesCard({ decision, count }: GatesCardProps) {
  const t = useTranslations('incident.gates')
  const replay = useTranslations('judgement')
  if (decision === null) {
    return (
      <Card>
        <CardBody className="pt-4 text-text-2">{t('none')}</CardBody>
      </Card>
    )
  }
  const of = (answer: string) => decision.checks.filter((check) => check.answer === answer)
  const [passed, held, open, rest] = [of('pass'), of('hold'), of('inconclusive'), of('not_applicable')]
  return (
    <Card aria-labelledby="gates-card">
      <CardHeader
        id="gates-card"
        title={t('title', { passed: passed.length, held: held.length, open: open.length })}
        aside={<VerdictBadge verdict={decision.verdict} effect={decision.effect} />}
      />
      <CardBody>
        <ul>
          {[...held, ...open, ...passed].map((check) => (
            <CheckRow key={check.gate} answer={check.answer} name={t(`name.${check.gate}`)} value={<CheckSentence check={check} />} />
          ))}
        </ul>
        {rest.length > 0 && (
          <div className="border-t border-line pt-1">
            <Fold summary={t('notApplicable', { count: rest.length })}>
              <ul>
                {rest.map((check) => (
                  <CheckRow key={check.gate} answer={check.answer} name={t(`name.${check.gate}`)} value={<CheckSentence check={check} />} />
                ))}
              </ul>
            </Fold>
          </div>
        )}
        <p className="mt-2 text-[0.8125rem] text-text-3">
          {t.rich('decidedAt', { at: () => <Instant at={decision.decidedAt} show="seconds" /> })}
          {count > 1 && ` · ${t('more', { count })}`}
        </p>
        {decision.trigger === 'alert' && (
          <Button asChild className="mt-2">
            <Link href={replayPath(decision.id)}>{replay('replay')}</Link>
          </Button>
        )}
      </CardBody>
    </Card>
  )
}
