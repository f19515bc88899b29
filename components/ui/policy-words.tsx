'use client'

import { useLocale, useTranslations } from 'use-intl'
import type { PolicyField } from '../../lib/client/policy-levels.ts'
import type { FreezeWindow } from '../../lib/core/freeze.ts'
import type { Policy, ServiceMapping } from '../../lib/core/policy.ts'
import { useDuration } from './duration.tsx'
import { useClockTime } from './time.tsx'

/** More rows than this are counted, not listed. */
const LISTED = 3

/** Says the fields of a policy and their values. */
export function usePolicyWords() {
  const t = useTranslations('workload')
  const common = useTranslations('common')
  const locale = useLocale()
  const say = useDuration()
  const { freeze, service } = useRowWords()
  const listed = (rows: readonly string[], many: 'freeze' | 'services') => {
    if (rows.length === 0) return common('list.empty')
    return rows.length > LISTED
      ? t(`policy.${many}.many`, { count: rows.length })
      : new Intl.ListFormat(locale, { type: 'unit' }).format(rows)
  }
  const value = (field: PolicyField, policy: Policy): string => {
    if (field === 'mode') return t(`mode.${policy.mode}`)
    if (field === 'onInconclusive') return t(`policy.onInconclusive.${policy.onInconclusive}`)
    if (field === 'onOwned') return t(`policy.onOwned.${policy.onOwned}`)
    if (field === 'whenBlind') return t(`policy.whenBlind.${policy.whenBlind}`)
    if (field === 'budget') return t('policy.budget', { count: policy.budget.count, time: say(policy.budget.windowMs) })
    if (field === 'commonCause') {
      return t('policy.commonCause', { count: policy.commonCause.workloads, time: say(policy.commonCause.withinMs) })
    }
    if (field === 'freeze') return listed(policy.freeze.map(freeze), 'freeze')
    if (field === 'services') return listed(policy.services.map(service), 'services')
    return field === 'minRequests' ? String(policy.minRequests) : say(policy[field])
  }
  return { name: (field: PolicyField) => t(`policy.fields.${field}`), value }
}

/** Says one freeze and one mapping. */
function useRowWords() {
  const t = useTranslations('workload.policy')
  const days = useTranslations('policies.days')
  const locale = useLocale()
  const clock = useClockTime()
  return {
    freeze: (window: FreezeWindow): string => {
      const { reason } = window
      if (window.kind === 'once')
        return t('freeze.once', { from: clock(window.startsAt, 'full'), to: clock(window.endsAt, 'full'), reason })
      const { from, to, timeZone } = window
      const named = new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(window.days.map((day) => days(day)))
      return t('freeze.weekly', { days: named, from, to, timeZone, reason })
    },
    service: ({ service, namespace, workload }: ServiceMapping): string => {
      const named = { service, name: workload.name, toNamespace: workload.namespace }
      return namespace === null ? t('services.one', named) : t('services.oneIn', { ...named, namespace })
    },
  }
}
