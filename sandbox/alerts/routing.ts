import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Labels } from '../../lib/core/alert.ts'
import type { AlertmanagerFile, AlertmanagerRoute } from '../../lib/core/alertmanager-file.ts'
import { durationMs } from '../metrics/rule-groups.ts'
import { type AlertMatcher, matchesAll, parseMatcher, printMatchers } from './matcher.ts'

export interface Webhook {
  url: string
  /** Sent as it is: `Bearer …`; null: none. */
  authorization: string | null
  sendResolved: boolean
}

export interface Route {
  /** Unique among routes, as it begins a group's key. */
  key: string
  receiver: string
  matchers: AlertMatcher[]
  groupBy: readonly string[]
  groupWaitMs: number
  groupIntervalMs: number
  repeatIntervalMs: number
  continues: boolean
  routes: Route[]
}

export interface Routing {
  root: Route
  webhooks: Map<string, Webhook[]>
}

interface WebhookConfig {
  url: string
  send_resolved?: boolean
  http_config?: { authorization?: { type?: string; credentials?: string; credentials_file?: string } }
}

/** Reads an Alertmanager file: its routes and webhooks, the files with their tokens too. */
export function readRouting(yaml: string): Routing {
  const { route, receivers } = parse(yaml) as AlertmanagerFile
  const webhooks = receivers.map(({ name, webhook_configs = [] }) => [name, (webhook_configs as WebhookConfig[]).map(readWebhook)] as const)
  return { root: readRoute(route, null), webhooks: new Map(webhooks) }
}

function readWebhook({ url, send_resolved = true, http_config }: WebhookConfig): Webhook {
  const { type = 'Bearer', credentials, credentials_file } = http_config?.authorization ?? {}
  const secret = credentials ?? (credentials_file === undefined ? null : readFileSync(credentials_file, 'utf8').trim())
  return { url, sendResolved: send_resolved, authorization: secret === null ? null : `${type} ${secret}` }
}

const DEFAULTS = { groupBy: [], groupWaitMs: 30_000, groupIntervalMs: 5 * 60_000, repeatIntervalMs: 4 * 60 * 60_000 }

/** A route has from its parent what it does not say itself. */
function readRoute(written: AlertmanagerRoute, parent: Route | null): Route {
  const above = parent ?? { ...DEFAULTS, receiver: written.receiver }
  const matchers = (written.matchers ?? []).map(parseMatcher)
  const time = (text: string | undefined, inherited: number) => (text === undefined ? inherited : durationMs(text))
  const route: Route = {
    key: `${parent === null ? '' : `${parent.key}/`}${printMatchers(matchers)}`,
    receiver: written.receiver ?? above.receiver,
    matchers,
    groupBy: written.group_by ?? above.groupBy,
    groupWaitMs: time(written.group_wait, above.groupWaitMs),
    groupIntervalMs: time(written.group_interval, above.groupIntervalMs),
    repeatIntervalMs: time(written.repeat_interval, above.repeatIntervalMs),
    continues: written.continue ?? false,
    routes: [],
  }
  route.routes = (written.routes ?? []).map((child) => readRoute(child, route))
  return route
}

/** The routes that take an alert: the first child that matches, those after it while each says `continue`, else the route itself. */
export function routesFor(route: Route, labels: Labels): Route[] {
  if (!matchesAll(route.matchers, labels)) return []
  const taken: Route[] = []
  for (const child of route.routes) {
    const found = routesFor(child, labels)
    taken.push(...found)
    if (found.length > 0 && !child.continues) break
  }
  return taken.length > 0 ? taken : [route]
}

export function groupLabelsOf({ groupBy }: Route, labels: Labels): Labels {
  if (groupBy.includes('...')) return labels
  return Object.fromEntries(Object.entries(labels).filter(([name]) => groupBy.includes(name)))
}
