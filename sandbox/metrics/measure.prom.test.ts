import { connectPrometheus } from '../../lib/adapters/prometheus/connect.ts'
import { describeMeasuring } from '../../lib/testing/measuring-contract.ts'
import { recordLog } from '../../lib/testing/record-log.ts'
import { startHistoric } from './testing/historic-prometheus.ts'

describeMeasuring("the sandbox's Prometheus", async (history) => {
  const { url, stop } = await startHistoric(history)
  return { metrics: connectPrometheus({ url, log: recordLog(), now: Date.now }), stop }
})
