'use client'

import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { speakDuration } from '../../lib/client/duration.ts'

/** Says milliseconds as people do: "1 min 29 s". */
export function useDuration(): (ms: number) => string {
  const t = useTranslations('common.duration')
  return useCallback(
    (ms: number) => {
      const { form, values } = speakDuration(ms)
      return t(form, values)
    },
    [t],
  )
}
