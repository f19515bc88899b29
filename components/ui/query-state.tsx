'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ErrorNotice } from './error-notice.tsx'
import { VisuallyHidden } from './visually-hidden.tsx'

interface QueryStateProps<T> {
  query: UseQueryResult<T>
  /** What stands there while the first answer is on its way, in its final size: `Skeleton`s. */
  loading: ReactNode
  /** Shown instead of the children when `isEmpty` says so. */
  empty?: ReactNode
  isEmpty?: (data: T) => boolean
  children: (data: T) => ReactNode
}

/**
 * Loading, empty and error, the same everywhere. What was seen stays while it is fetched again; when that fails, the error
 * stands above it.
 */
export function QueryState<T>({ query, loading, empty, isEmpty, children }: QueryStateProps<T>) {
  const t = useTranslations('common')
  const { data, error, isFetching } = query
  const retry = () => void query.refetch()
  if (data === undefined && error) return <ErrorNotice error={error} onRetry={retry} busy={isFetching} />
  if (data === undefined) {
    return (
      <div aria-busy="true">
        <VisuallyHidden>{t('loading')}</VisuallyHidden>
        {loading}
      </div>
    )
  }
  return (
    <>
      {error && (
        <div className="mb-3">
          <ErrorNotice error={error} onRetry={retry} busy={isFetching} />
        </div>
      )}
      {empty && isEmpty?.(data) ? empty : children(data)}
    </>
  )
}
