'use client'

import { useTranslations } from 'use-intl'
import type { PolicyField } from '../../lib/client/policy-levels.ts'
import type { Policy } from '../../lib/core/policy.ts'
import type { PolicySources } from '../../lib/core/policy-sources.ts'
import { classNames } from './class-names.ts'
import { usePolicyWords } from './policy-words.tsx'

/** Every field of a policy with what holds and which level says so. */
export function PolicyValues({ policy, sources }: { policy: Policy; sources: PolicySources }) {
  const t = useTranslations('workload.policy.sources')
  const words = usePolicyWords()
  return (
    <dl className="grid gap-x-8 sm:grid-cols-2">
      {(Object.keys(policy) as PolicyField[]).map((field) => (
        <div key={field} className="flex justify-between gap-4 border-b border-line py-2">
          <dt className="text-text-2">{words.name(field)}</dt>
          <dd className="min-w-2/5 text-right break-words">
            <span className="font-semibold tabular-nums">{words.value(field, policy)}</span>
            <span className={classNames('block text-[0.8125rem]', sources[field] === 'default' ? 'text-text-3' : 'text-accent-strong')}>
              {t(sources[field])}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
