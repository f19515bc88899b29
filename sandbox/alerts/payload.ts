import type { Labels } from '../../lib/core/alert.ts'
import type { Instant } from '../../lib/core/json.ts'
import { fingerprintOf } from './fingerprint.ts'

/** An alert that Alertmanager has. It is resolved when `endsAt` is past. */
export interface HeldAlert {
  labels: Labels
  annotations: Labels
  startsAt: Instant
  endsAt: Instant
  /** Nobody named an end: it ends by itself unless it is told again. */
  isEndMadeUp: boolean
  generatorURL: string
  updatedAt: Instant
}

export interface Notification {
  receiver: string
  routeKey: string
  groupLabels: Labels
  alerts: readonly HeldAlert[]
  externalURL: string
  at: Instant
}

/** A time that is not there, as Go writes it. */
const NO_TIME = '0001-01-01T00:00:00Z'

/** The body of a webhook, version 4: prometheus/alertmanager `template.go` and `notify/webhook/webhook.go`. */
export function payloadOf({ receiver, routeKey, groupLabels, alerts, externalURL, at }: Notification): object {
  const shown = [...alerts].sort(byLabels).map((alert) => {
    const isResolved = alert.endsAt <= at
    return {
      status: isResolved ? 'resolved' : 'firing',
      labels: sorted(alert.labels),
      annotations: sorted(alert.annotations),
      startsAt: goTime(alert.startsAt),
      endsAt: isResolved ? goTime(alert.endsAt) : NO_TIME,
      generatorURL: alert.generatorURL,
      fingerprint: fingerprintOf(alert.labels),
    }
  })
  return {
    receiver,
    status: shown.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
    alerts: shown,
    groupLabels: sorted(groupLabels),
    commonLabels: common(shown.map(({ labels }) => labels)),
    commonAnnotations: common(shown.map(({ annotations }) => annotations)),
    externalURL,
    version: '4',
    groupKey: groupKeyOf(routeKey, groupLabels),
    truncatedAlerts: 0,
  }
}

/** `{}/{auto_rollback="true"}:{alertname="…", service="…"}` */
export function groupKeyOf(routeKey: string, groupLabels: Labels): string {
  const pairs = Object.entries(sorted(groupLabels)).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return `${routeKey}:{${pairs.join(', ')}}`
}

/** Go ends a fraction of a second with its last digit that is not 0. */
function goTime(at: Instant): string {
  return new Date(at).toISOString().replace(/\.?0+Z$/, 'Z')
}

function sorted(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)))
}

function common(sets: readonly Labels[]): Labels {
  const [first = {}, ...others] = sets
  return Object.fromEntries(Object.entries(first).filter(([name, value]) => others.every((other) => other[name] === value)))
}

function byLabels(one: HeldAlert, other: HeldAlert): number {
  const [a, b] = [one, other].map(({ labels }) => JSON.stringify(Object.entries(sorted(labels))))
  return (a ?? '') < (b ?? '') ? -1 : 1
}
