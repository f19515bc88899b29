'use client'

import { useQuery } from '@tanstack/react-query'
import { openIncidentsQuery } from '../../lib/client/incidents.ts'

/** How many incidents are open, as far as is known. */
export function useOpenIncidents(): number {
  return useQuery(openIncidentsQuery()).data?.items.length ?? 0
}
