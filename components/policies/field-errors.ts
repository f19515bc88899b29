'use client'

import { useTranslations } from 'use-intl'
import { UNREADABLE } from '../../lib/client/policy-draft.ts'
import type { PolicyField } from '../../lib/client/policy-levels.ts'
import { COUNT_BOUNDS, DURATION_BOUNDS } from '../../lib/core/policy-bounds.ts'
import { useDuration } from '../ui/duration.tsx'
import type { FieldEditing } from './field-editing.ts'

interface Bounds {
  min: number
  max: number
}

const TIMES: Readonly<Record<string, Bounds>> = {
  ...DURATION_BOUNDS,
  'budget.windowMs': DURATION_BOUNDS.budgetWindowMs,
  'commonCause.withinMs': DURATION_BOUNDS.commonCauseWithinMs,
}

const COUNTS: Readonly<Record<string, Bounds>> = {
  minRequests: COUNT_BOUNDS.minRequests,
  'budget.count': COUNT_BOUNDS.budgetCount,
  'commonCause.workloads': COUNT_BOUNDS.commonCauseWorkloads,
}

/** None at all is 0, whatever the unit. */
function useBound(): (ms: number) => string {
  const say = useDuration()
  return (ms) => (ms === 0 ? '0' : say(ms))
}

/** What one may write, in words, for the hint below a field. */
export function useBounds(): (path: string) => string | undefined {
  const t = useTranslations('policies.edit')
  const sayBound = useBound()
  return (path) => {
    const [time, count] = [TIMES[path], COUNTS[path]]
    if (time) return t('timeHint', { min: sayBound(time.min), max: sayBound(time.max) })
    return count && t('countHint', { min: count.min, max: count.max })
  }
}

/** What is wrong with one field, in the viewer's language; what nobody foresaw, in the server's words. */
export function useFieldErrors({ errors, mayComplain }: FieldEditing): (path: string) => string | null {
  const t = useTranslations('policies.edit.wrong')
  const sayBound = useBound()
  return (path) => {
    const error = errors.find((one) => one.path === path)
    if (error === undefined || !mayComplain(path.split('.', 1)[0] as PolicyField)) return null
    const [time, count] = [TIMES[path], COUNTS[path]]
    const isUnreadable = error.message === UNREADABLE
    if (time) return isUnreadable ? t('time') : t('bounds', { min: sayBound(time.min), max: sayBound(time.max) })
    if (count) return isUnreadable ? t('number') : t('countBounds', { min: count.min, max: count.max })
    const kind = isUnreadable ? 'date' : kindOf(path)
    return kind === null ? error.message : t(kind)
  }
}

function kindOf(path: string) {
  switch (path.split('.').at(-1)) {
    case 'reason':
      return 'reason'
    case 'days':
      return 'days'
    case 'from':
    case 'to':
      return 'timeOfDay'
    case 'timeZone':
      return 'timeZone'
    case 'endsAt':
      return 'ends'
    case 'service':
    case 'namespace':
    case 'name':
      return 'name'
    default:
      return null
  }
}
