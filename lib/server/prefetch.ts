import { dehydrate, type FetchQueryOptions, QueryClient } from '@tanstack/react-query'
import { cookies } from 'next/headers.js'
import { notFound } from 'next/navigation.js'
import type { Origin } from '../client/api.ts'
import { statusOf } from '../client/api-error.ts'
import { breakerQuery } from '../client/breaker.ts'
import { controlQuery } from '../client/control.ts'
import { decisionQuery, latestDecisionsQuery, workloadDecisionsQuery } from '../client/decisions.ts'
import { closedIncidentsQuery, incidentQuery, incidentsQuery, openIncidentsQuery } from '../client/incidents.ts'
import { policiesQuery, workloadPolicyQuery } from '../client/policies.ts'
import { rangeReplayQuery, replayQuery } from '../client/replay.ts'
import { revisionsQuery } from '../client/revisions.ts'
import { latestRollbacksQuery, rollbackQuery, rollbacksQuery } from '../client/rollbacks.ts'
import { workloadQuery, workloadsQuery } from '../client/workloads.ts'
import { routeDeps } from './route-deps.ts'

/** A page without its data is better than a page that waits: the browser asks again. */
const ANSWERS_WITHIN_MS = 1_500

const QUERIES = {
  breakerQuery,
  controlQuery,
  decisionQuery,
  latestDecisionsQuery,
  latestRollbacksQuery,
  closedIncidentsQuery,
  incidentQuery,
  incidentsQuery,
  openIncidentsQuery,
  policiesQuery,
  rangeReplayQuery,
  replayQuery,
  revisionsQuery,
  rollbackQuery,
  rollbacksQuery,
  workloadDecisionsQuery,
  workloadPolicyQuery,
  workloadQuery,
  workloadsQuery,
}

// biome-ignore lint/suspicious/noExplicitAny: options of different data; each goes on to the fetcher that it came with
type AnyOptions = FetchQueryOptions<any, any, any, any>

/**
 * What a page shows at once, for `HydrationBoundary`. It is asked over HTTP from this very server with the viewer's cookie, so
 * that roles, schemas and errors are the routes'. What fails is left out: the page asks itself and shows why.
 */
export async function prefetch(wanted: (queries: typeof QUERIES, from: Origin) => readonly AnyOptions[]) {
  return dehydrate((await ask(wanted)).client)
}

/**
 * The same for a page about one thing, whose query comes first: where there is no such thing, or its id is none, the answer is a
 * 404 with the page for that.
 */
export async function prefetchSubject(wanted: (queries: typeof QUERIES, from: Origin) => readonly [AnyOptions, ...AnyOptions[]]) {
  const { client, asked } = await ask(wanted)
  const status = asked[0] ? statusOf(client.getQueryState(asked[0].queryKey)?.error) : null
  if (status === 404 || status === 400) notFound()
  return dehydrate(client)
}

async function ask(wanted: (queries: typeof QUERIES, from: Origin) => readonly AnyOptions[]) {
  const { env } = routeDeps()
  const from: Origin = {
    url: `http://127.0.0.1:${env.port}`,
    headers: { cookie: (await cookies()).toString() },
    answersWithinMs: ANSWERS_WITHIN_MS,
  }
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: Number.POSITIVE_INFINITY } } })
  const asked = wanted(QUERIES, from)
  await Promise.all(asked.map((options) => client.prefetchQuery(options)))
  return { client, asked }
}
