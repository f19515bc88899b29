import type { RoutedAlert } from '../core/alert.ts'
import { upstreamError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import type { Alertmanager } from '../ports.ts'

/** Alertmanager in memory for the engine's tests. Not configured unless a test says so. */
export class FakeAlertmanager implements Alertmanager {
  isConfigured = false
  /** True: every call throws, as when it does not answer. */
  down = false
  readonly routed: RoutedAlert[] = []
  readonly silences = new Map<string, Instant>()

  async alerts(alertName: string): Promise<RoutedAlert[]> {
    this.#reach()
    return this.routed.filter(({ labels }) => labels['alertname'] === alertName)
  }

  async silenceEndsAt(id: string): Promise<Instant | null> {
    this.#reach()
    return this.silences.get(id) ?? null
  }

  #reach(): void {
    if (!this.isConfigured) throw upstreamError('alertmanager', 'no address is configured')
    if (this.down) throw upstreamError('alertmanager', 'no answer within 2000 ms')
  }
}
