import { describeMeasuring } from '../../testing/measuring-contract.ts'
import { startPrometheus } from '../../testing/prometheus.ts'
import { recordLog } from '../../testing/record-log.ts'
import { connectPrometheus } from './connect.ts'

describeMeasuring('a real Prometheus', async (history) => {
  const { url, stop } = await startPrometheus({ history })
  return { metrics: connectPrometheus({ url, log: recordLog(), now: Date.now }), stop }
})
