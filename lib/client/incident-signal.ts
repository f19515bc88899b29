import { queryOptions } from '@tanstack/react-query'
import { getIncidentSignal } from '../contracts/signal.ts'
import { call, type Origin } from './api.ts'

/** While something goes on the line grows. */
const EVERY_MS = 10_000

/** What the alert of an incident measures, around its deploy. */
export function incidentSignalQuery(id: string, isRunning: boolean, from?: Origin) {
  return queryOptions({
    queryKey: ['incidents', id, 'signal'],
    queryFn: ({ signal }) => call(getIncidentSignal, { params: { id } }, { signal, from }),
    refetchInterval: isRunning ? EVERY_MS : false,
  })
}
