'use client'

import type { ReactNode } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { ConfigChanges as Changes, ConfigChange } from '../../lib/core/config-change.ts'
import { useDuration } from './duration.tsx'
import { Instant } from './time.tsx'

interface ConfigChangesProps {
  configs: Changes
  /** When the trouble began; null: it is not about trouble. */
  startedAt: number | null
}

const UNTOLD = ['unknown', 'not_allowed', 'silent'] as const

/** Which ConfigMaps and Secrets changed since the target was live, a sentence each; then what could not be told. */
export function ConfigChanges({ configs, startedAt }: ConfigChangesProps) {
  const t = useTranslations('configs')
  const locale = useLocale()
  const { of, since, leftOut } = configs
  const list = (some: readonly ConfigChange[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(some.map(({ kind, name }) => `${kind} ${name}`))
  const told = of.filter(({ state }) => state === 'changed' || state === 'gone')
  const unchanged = of.filter(({ state }) => state === 'unchanged').length
  return (
    <ul className="space-y-1">
      {of.length === 0 && <li className="text-text-2">{t('none')}</li>}
      {told.map((one) => (
        <li key={`${one.kind}/${one.name}`} className="wrap-anywhere">
          <Told config={one} startedAt={startedAt} />
        </li>
      ))}
      {unchanged > 0 && since !== null && (
        <li className="text-text-2">{t.rich('unchanged', { count: unchanged, at: () => <Instant at={since} show="clock" /> })}</li>
      )}
      {UNTOLD.map((state) => {
        const some = of.filter((one) => one.state === state)
        return some.length === 0 ? null : (
          <li key={state} className="text-text-2 wrap-anywhere">
            {t(state, { names: list(some) })}
          </li>
        )
      })}
      {leftOut > 0 && <li className="text-text-2">{t('leftOut', { count: leftOut })}</li>}
    </ul>
  )
}

function Told({ config, startedAt }: { config: ConfigChange; startedAt: number | null }) {
  const t = useTranslations('configs')
  const duration = useDuration()
  const { kind, name, state, changedAt, isNew, inTarget } = config
  const values = { kind, name, b: (text: ReactNode) => <span className="font-mono text-[0.8125rem] font-semibold">{text}</span> }
  if (state === 'gone') return t.rich('gone', values)
  const gap = startedAt === null || changedAt === null ? null : changedAt - startedAt
  return (
    <>
      {changedAt === null
        ? t.rich('changedSometime', values)
        : t.rich(isNew ? 'new' : 'changed', {
            ...values,
            at: () => <Instant at={changedAt} show="seconds" />,
            when: sideOf(gap),
            gap: duration(Math.abs(gap ?? 0)),
          })}{' '}
      <span className="text-text-2">{t(inTarget ? 'notUndone' : 'notRead')}</span>
    </>
  )
}

/** Of the moment when the trouble began. */
function sideOf(gap: number | null): 'before' | 'after' | 'other' {
  if (gap === null) return 'other'
  return gap <= 0 ? 'before' : 'after'
}
