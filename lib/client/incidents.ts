import { queryOptions } from '@tanstack/react-query'
import { getIncident, listIncidents } from '../contracts/incident.ts'
import { call, type Origin, type Output } from './api.ts'

export type IncidentInList = Output<typeof listIncidents>['items'][number]
export type IncidentDetail = Output<typeof getIncident>

/** Incidents, newest first. */
export function incidentsQuery(filter: { open?: 'true' | 'false'; namespace?: string; name?: string; limit?: string } = {}, from?: Origin) {
  return queryOptions({
    queryKey: ['incidents', 'list', filter],
    queryFn: ({ signal }) => call(listIncidents, { query: filter }, { signal, from }),
  })
}

/** Open incidents: what the title, the icon and Now show, asked once for all of them. */
export function openIncidentsQuery(from?: Origin) {
  return incidentsQuery({ open: 'true', limit: '50' }, from)
}

/** The latest that ended. */
export function closedIncidentsQuery(from?: Origin) {
  return incidentsQuery({ open: 'false', limit: '10' }, from)
}

/** One incident with its alerts, decisions, rollbacks and timeline. */
export function incidentQuery(id: string, from?: Origin) {
  return queryOptions({
    queryKey: ['incidents', id],
    queryFn: ({ signal }) => call(getIncident, { params: { id } }, { signal, from }),
  })
}
