'use client'

import { ArrowRight } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useTranslations } from 'use-intl'
import type { DecisionReplay } from '../../lib/client/replay.ts'
import type { Check } from '../../lib/core/decision.ts'
import { DEFAULT_POLICY, MODES } from '../../lib/core/policy.ts'
import type { GateDifference, Outcome } from '../../lib/core/replay.ts'
import type { OpenQuestion } from '../../lib/core/replay-questions.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CheckRow } from '../ui/check-row.tsx'
import { useDuration } from '../ui/duration.tsx'
import { usePolicyWords } from '../ui/policy-words.tsx'
import { useSentences } from '../ui/sentence.tsx'
import { VerdictBadge } from '../ui/verdict-badge.tsx'
import { useOutcomeWords } from './outcome-words.ts'

interface ReplaySidesProps {
  replay: DecisionReplay
  /** As they were recorded. */
  checks: readonly Check[]
  isTried: boolean
}

/** As it was decided, and as it would be: side by side. */
export function ReplaySides({ replay, checks, isTried }: ReplaySidesProps) {
  const t = useTranslations('replay')
  const say = useOutcomeWords()
  const { before, after, ifPassed } = replay
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Side title={t('before')} outcome={before} checks={checks} />
      {after === null ? (
        <Card aria-labelledby="side-after">
          <CardHeader id="side-after" title={t(`after.${isTried ? 'tried' : 'today'}`)} />
          <CardBody>
            <p className="font-semibold text-hold">{t('unknown')}</p>
            {ifPassed !== null && <p className="text-text-2">{t('ifPassed', { outcome: say(ifPassed) })}</p>}
          </CardBody>
        </Card>
      ) : (
        <Side
          title={t(`after.${isTried ? 'tried' : 'today'}`)}
          outcome={after}
          checks={[...replay.differences.map((one) => one.after), ...checks]}
        />
      )}
    </div>
  )
}

function Side({ title, outcome, checks }: { title: string; outcome: Outcome; checks: readonly Check[] }) {
  const t = useTranslations('replay')
  const sentences = useSentences()
  const { verdict, effect, reason, target } = outcome
  const settling = checks.find((check) => check.reason === reason)
  const id = useId()
  return (
    <Card aria-labelledby={id}>
      <CardHeader id={id} title={title} />
      <CardBody className="space-y-1.5">
        <VerdictBadge verdict={verdict} effect={effect} />
        <p className="break-words">{sentences.reason(reason, settling ? { ...settling.values, endsAt: settling.endsAt } : {})}</p>
        {target !== null && effect !== 'none' && <p className="text-[0.8125rem] text-text-2">{t('target', { number: target.number })}</p>}
      </CardBody>
    </Card>
  )
}

/** The gates that make the difference, with both answers; the others that answer otherwise behind them. */
export function ReplayDifference({ replay: { madeBy, differences, notRecorded } }: { replay: DecisionReplay }) {
  const t = useTranslations('replay')
  const making = differences.filter(({ gate }) => madeBy.includes(gate))
  const others = differences.filter(({ gate }) => !madeBy.includes(gate))
  return (
    <Card aria-labelledby="made-by">
      <CardHeader id="made-by" title={t('made.title')} />
      <CardBody className="space-y-3">
        {making.length === 0 && others.length === 0 && <p className="text-text-2">{t('made.none')}</p>}
        {making.map((one) => (
          <Gate key={one.gate} difference={one} isMaking />
        ))}
        {others.length > 0 && (
          <details>
            <summary className="touch-target flex cursor-pointer items-center text-text-2 hover:text-text">
              {t('made.others', { count: others.length })}
            </summary>
            <div className="space-y-3">
              {others.map((one) => (
                <Gate key={one.gate} difference={one} />
              ))}
            </div>
          </details>
        )}
        {notRecorded.length > 0 && <p className="text-[0.8125rem] text-text-3">{t('notRecorded', { count: notRecorded.length })}</p>}
      </CardBody>
    </Card>
  )
}

function Gate({ difference: { gate, before, after, because }, isMaking = false }: { difference: GateDifference; isMaking?: boolean }) {
  const t = useTranslations('replay.made')
  const gates = useTranslations('incident.gates.name')
  return (
    <section className={isMaking ? 'rounded-control bg-accent-soft px-3 py-2' : 'px-3'}>
      <h3 className="font-semibold">{gates(gate)}</h3>
      <ul>
        {before === null ? (
          <li className="py-2 text-text-2">{t('notThen')}</li>
        ) : (
          <CheckRow answer={before.answer} name={t('was')} value={<Answered check={before} />} />
        )}
        <CheckRow answer={after.answer} name={<strong className="font-semibold">{t('is')}</strong>} value={<Answered check={after} />} />
      </ul>
      {because === 'program' && <p className="text-[0.8125rem] text-text-2">{t('program')}</p>}
    </section>
  )
}

/** Gate 15 passes in more than one mode, and that is what makes the difference. */
function Answered({ check }: { check: Check }) {
  const t = useTranslations('replay.made')
  const modes = useTranslations('workload.mode')
  const sentences = useSentences()
  const sentence = sentences.reason(check.reason, { ...check.values, endsAt: check.endsAt })
  const mode = MODES.find((one) => one === check.values['mode'])
  return check.gate === 'control' && mode ? t('mode', { sentence, mode: modes(mode) }) : sentence
}

/** What the record does not answer, said and not made up. */
export function ReplayOpen({ replay: { open, answer } }: { replay: DecisionReplay }) {
  const t = useTranslations('replay.open')
  const gates = useTranslations('incident.gates.name')
  if (open.length === 0) return null
  return (
    <Card aria-labelledby="open-questions">
      <CardHeader id="open-questions" title={t('title')} />
      <CardBody>
        <ul>
          {open.map((one) => (
            <CheckRow key={one.gate} answer="inconclusive" name={gates(one.gate)} value={<Question question={one} />} />
          ))}
        </ul>
        {answer !== 'cannot_tell' && <p className="mt-2 text-[0.8125rem] text-text-2">{t('noMatter')}</p>}
      </CardBody>
    </Card>
  )
}

function Question({ question: { why, values } }: { question: OpenQuestion }) {
  const t = useTranslations('replay.open')
  const say = useDuration()
  const time = (name: string) => say(Number(values[name] ?? 0))
  return t(why, { service: String(values['service'] ?? ''), gatheredMs: time('gatheredMs'), askedMs: time('askedMs') })
}

/** The settings that are others now than they were recorded. */
export function ReplayPolicies({ replay: { changed, policy, recorded } }: { replay: DecisionReplay }) {
  const t = useTranslations('replay.policy')
  const words = usePolicyWords()
  const then = { ...DEFAULT_POLICY, ...recorded }
  return (
    <Card aria-labelledby="policy-differs">
      <CardHeader id="policy-differs" title={t('title')} />
      <CardBody>
        {changed.length === 0 && <p className="text-text-2">{t('none')}</p>}
        <dl>
          {changed.map((field) => (
            <div key={field} className="flex flex-wrap justify-between gap-x-4 border-b border-line py-2 last:border-0">
              <dt className="text-text-2">{words.name(field)}</dt>
              <dd className="min-w-0 break-words">
                <Arrow before={words.value(field, then)} after={<strong className="font-semibold">{words.value(field, policy)}</strong>} />
              </dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  )
}

export function Arrow({ before, after }: { before: ReactNode; after: ReactNode }) {
  const t = useTranslations('common')
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <span>{before}</span>
      <ArrowRight className="size-3.5 shrink-0 text-text-3" role="img" aria-label={t('changedTo')} />
      <span>{after}</span>
    </span>
  )
}
