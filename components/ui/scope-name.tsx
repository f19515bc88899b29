'use client'

import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { Scope } from '../../lib/core/scope.ts'

/** Says a scope: "the whole cluster", "namespace shop", "checkout in shop". */
export function useScopeName(): (scope: Scope) => string {
  const t = useTranslations('common.scope')
  return useCallback(
    (scope: Scope) => {
      if (scope.level === 'cluster') return t('cluster')
      if (scope.level === 'namespace') return t('namespace', { namespace: scope.namespace })
      return t('workload', { namespace: scope.workload.namespace, name: scope.workload.name })
    },
    [t],
  )
}
