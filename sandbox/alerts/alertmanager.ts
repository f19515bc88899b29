import type { Instant } from '../../lib/core/json.ts'
import type { Clock } from '../clock.ts'
import { type AlertGroup, hasNews, type Told } from './alert-group.ts'
import { deliver, type Outcome } from './deliver.ts'
import { fingerprintOf } from './fingerprint.ts'
import { groupKeyOf, type HeldAlert, payloadOf } from './payload.ts'
import { groupLabelsOf, type Routing, routesFor, type Webhook } from './routing.ts'
import { Silences } from './silences.ts'

export interface AlertmanagerOptions {
  routing: Routing
  clock: Clock
  /** Where people find it. */
  url: string
  /** Called after each delivery that was taken, refused or given up. */
  onDelivery?(outcome: Outcome, body: object): void
}

/** A resolved alert is forgotten after so long. */
const FORGET_AFTER_MS = 15 * 60_000
/** A delivery is tried at least for so long. */
const LEAST_DELIVERY_MS = 10_000

/** Groups alerts, and tells the receivers of their routes when there is news. */
export class SandboxAlertmanager {
  readonly silences = new Silences()
  readonly routing: Routing
  readonly #options: AlertmanagerOptions
  readonly #alerts = new Map<string, HeldAlert>()
  readonly #groups = new Map<string, AlertGroup>()
  readonly #told = new Map<string, Told>()

  constructor(options: AlertmanagerOptions) {
    this.#options = options
    this.routing = options.routing
  }

  alerts(): HeldAlert[] {
    return [...this.#alerts.values()]
  }

  /** Takes alerts, new ones and news of known ones, and tells at once where no group has to wait. Resolves like `tick`. */
  receive(alerts: readonly HeldAlert[]): Promise<unknown> {
    for (const alert of alerts) this.#hold(merged(alert, this.#alerts.get(fingerprintOf(alert.labels)), this.#options.clock.now()))
    return this.tick()
  }

  /** Flushes the groups that are due. Resolves when all that was sent for it was answered, or given up. */
  tick(): Promise<unknown> {
    const now = this.#options.clock.now()
    const flushes: Promise<void>[] = []
    for (const [key, group] of this.#groups) {
      if (group.alerts.size === 0 && !group.isFlushing) this.#groups.delete(key)
      else if (group.nextFlushAt <= now && !group.isFlushing) flushes.push(this.#flush(key, group, now))
    }
    for (const [fingerprint, { endsAt }] of this.#alerts) if (endsAt < now - FORGET_AFTER_MS) this.#alerts.delete(fingerprint)
    return Promise.all(flushes)
  }

  #hold(alert: HeldAlert): void {
    const fingerprint = fingerprintOf(alert.labels)
    const now = this.#options.clock.now()
    this.#alerts.set(fingerprint, alert)
    for (const route of routesFor(this.routing.root, alert.labels)) {
      const labels = groupLabelsOf(route, alert.labels)
      // Routes with the same matchers have the same key: their receiver tells them apart.
      const key = `${route.receiver} ${groupKeyOf(route.key, labels)}`
      const known = this.#groups.get(key)
      // Nobody has to hear of the end of what nobody heard of.
      if (!known && alert.endsAt <= now) continue
      // An alert that fires for longer than a group waits has waited enough.
      const wait = alert.startsAt + route.groupWaitMs < now ? 0 : route.groupWaitMs
      const group = known ?? { route, labels, alerts: new Map<string, HeldAlert>(), nextFlushAt: now + wait, isFlushing: false }
      group.alerts.set(fingerprint, alert)
      this.#groups.set(key, group)
    }
  }

  async #flush(key: string, group: AlertGroup, at: Instant): Promise<void> {
    group.isFlushing = true
    group.nextFlushAt = at + group.route.groupIntervalMs
    const held = [...group.alerts]
    const heard = held.map(([, alert]) => alert).filter(({ labels }) => this.silences.of(labels, at).length === 0)
    const webhooks = this.routing.webhooks.get(group.route.receiver) ?? []
    const told = await Promise.all(webhooks.map((webhook, index) => this.#tell(`${key} ${index}`, group, { webhook, alerts: heard, at })))
    for (const [fingerprint, alert] of held) {
      const isOver = alert.endsAt <= at && group.alerts.get(fingerprint) === alert
      if (isOver && told.every(Boolean)) group.alerts.delete(fingerprint)
    }
    group.isFlushing = false
  }

  /** Whether the receiver knows all, afterwards. */
  async #tell(key: string, group: AlertGroup, what: { webhook: Webhook; alerts: readonly HeldAlert[]; at: Instant }): Promise<boolean> {
    const { webhook, alerts, at } = what
    const { route, labels: groupLabels } = group
    const fingerprints = (isResolved: boolean) =>
      new Set(alerts.filter(({ endsAt }) => endsAt <= at === isResolved).map(({ labels }) => fingerprintOf(labels)))
    const now = { firing: fingerprints(false), resolved: fingerprints(true) }
    const { sendResolved } = webhook
    if (!hasNews(now, this.#told.get(key), { at, repeatMs: route.repeatIntervalMs, sendResolved })) return true
    const sent = sendResolved ? alerts : alerts.filter(({ endsAt }) => endsAt > at)
    if (sent.length > 0) {
      const { clock, url, onDelivery } = this.#options
      const body = payloadOf({ receiver: route.receiver, routeKey: route.key, groupLabels, alerts: sent, externalURL: url, at })
      const forMs = Math.max(route.groupIntervalMs, LEAST_DELIVERY_MS)
      const outcome = await deliver(webhook, JSON.stringify(body), { clock, forMs })
      onDelivery?.(outcome, body)
      if (outcome !== 'delivered') return false
    }
    this.#told.set(key, { ...now, at })
    return true
  }
}

/**
 * News of an alert that overlaps with what is known: it began when it was first known to, and an end that is still to come gives
 * way to a later one that somebody named (prometheus/alertmanager `types.Alert.Merge`).
 */
function merged(alert: HeldAlert, known: HeldAlert | undefined, now: Instant): HeldAlert {
  const overlaps = known && alert.startsAt <= known.endsAt && known.startsAt <= alert.endsAt
  if (!overlaps) return alert
  const isOver = alert.endsAt <= now
  const otherCounts = isOver ? known.endsAt <= now : !known.isEndMadeUp
  const endsAt = otherCounts ? Math.max(alert.endsAt, known.endsAt) : alert.endsAt
  return { ...alert, startsAt: Math.min(alert.startsAt, known.startsAt), endsAt }
}
