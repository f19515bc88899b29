'use client'

import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { latestDecisionsQuery } from '../../lib/client/decisions.ts'
import { closedIncidentsQuery, openIncidentsQuery } from '../../lib/client/incidents.ts'
import { type NowBoard, nowBoard } from '../../lib/client/now-board.ts'
import { latestRollbacksQuery } from '../../lib/client/rollbacks.ts'

/** The board from what it is made of; the first error of them, and all of them to try again. */
export function useNowBoard(): Pick<UseQueryResult<NowBoard>, 'data' | 'error' | 'isFetching'> & { refetch: () => void } {
  const open = useQuery(openIncidentsQuery())
  const closed = useQuery(closedIncidentsQuery())
  const rollbacks = useQuery(latestRollbacksQuery())
  const needsReasons = (open.data?.items.length ?? 0) > 0
  const decisions = useQuery({ ...latestDecisionsQuery(), enabled: needsReasons, placeholderData: keepPreviousData })
  const all = [open, closed, rollbacks, ...(needsReasons ? [decisions] : [])]
  const data =
    open.data && closed.data && rollbacks.data
      ? nowBoard({
          openIncidents: open.data.items,
          closedIncidents: closed.data.items,
          rollbacks: rollbacks.data.items,
          decisions: decisions.data?.items ?? [],
        })
      : undefined
  return {
    data,
    error: all.find(({ error }) => error !== null)?.error ?? null,
    isFetching: all.some(({ isFetching }) => isFetching),
    refetch: () => {
      for (const query of all) void query.refetch()
    },
  }
}
