'use client'

import { useLocale, useTranslations } from 'use-intl'
import type { PolicyDifference } from '../../lib/client/policy-difference.ts'
import type { Scope } from '../../lib/core/scope.ts'
import { COLOURS } from '../ui/coloured.tsx'
import { usePolicyWords } from '../ui/policy-words.tsx'
import { useScopeName } from '../ui/scope-name.tsx'
import { namesOf } from './scope-names.ts'

interface DifferenceLinesProps {
  scope: Scope
  differences: readonly PolicyDifference[]
}

/** "Cooldown: 15 min → 30 min", and for which workloads. */
export function DifferenceLines({ scope, differences }: DifferenceLinesProps) {
  const t = useTranslations('policies.edit.changes')
  return (
    <div className="space-y-2">
      {differences.length > 0 && <p className="text-[0.8125rem] text-text-2">{t(`for.${scope.level}`, namesOf(scope))}</p>}
      <ul className="space-y-2">
        {differences.map((difference) => (
          <li key={difference.field} className="break-words">
            <Line difference={difference} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Line({ difference }: { difference: PolicyDifference }) {
  const t = useTranslations('policies.edit.changes')
  const sources = useTranslations('workload.policy.sources')
  const words = usePolicyWords()
  const scopeName = useScopeName()
  const locale = useLocale()
  const { field, before, after, kind, source, exceptions } = difference
  const scopes = new Intl.ListFormat(locale).format(exceptions.map(scopeName))
  return (
    <>
      {t.rich(kind, {
        ...COLOURS,
        field: words.name(field),
        before: words.value(field, before),
        after: words.value(field, after),
        source: sources(source),
      })}
      {exceptions.length > 0 && (
        <span className="block text-[0.8125rem] text-text-2">{t('except', { scopes, count: exceptions.length })}</span>
      )}
    </>
  )
}
