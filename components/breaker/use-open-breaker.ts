'use client'

import { useQuery } from '@tanstack/react-query'
import { breakerQuery, type OpenBreaker, openBreaker } from '../../lib/client/breaker.ts'
import { useNow } from '../providers/clock.tsx'

/** The breaker while it is open; null while it is closed or not known. */
export function useOpenBreaker(): OpenBreaker | null {
  const { data } = useQuery(breakerQuery())
  return openBreaker(data, useNow())
}
