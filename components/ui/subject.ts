import type { UseQueryResult } from '@tanstack/react-query'
import { notFound } from 'next/navigation'
import { statusOf } from '../../lib/client/api-error.ts'

/** Where the thing that a page is about does not exist, its address leads nowhere; an id that is none counts as such. */
export function notFoundWithout({ data, error }: Pick<UseQueryResult, 'data' | 'error'>): void {
  const status = statusOf(error)
  if (data === undefined && (status === 404 || status === 400)) notFound()
}
