import { afterAll, beforeAll } from 'vitest'
import { type Exporter, startExporter } from '../../lib/testing/exporter.ts'
import { describeAnswers } from '../../lib/testing/metrics-answers.ts'
import { describeMetrics, type MetricsWorld } from '../../lib/testing/metrics-contract.ts'
import { type DeafServer, metricsWorld, startDeafServer, WORLD_PODS, WORLD_RULES } from '../../lib/testing/metrics-world.ts'
import { realClock } from '../clock.ts'
import type { BreakableServer } from '../panel/breakable-server.ts'
import { runPrometheus } from './run-prometheus.ts'

let exporter: Exporter
let prometheus: BreakableServer
let deaf: DeafServer
let world: MetricsWorld

beforeAll(async () => {
  exporter = await startExporter()
  exporter.setPods(WORLD_PODS)
  prometheus = await runPrometheus({
    targets: [
      { job: 'workloads', instance: new URL(exporter.url).host, scrape: async () => (await fetch(`${exporter.url}/metrics`)).text() },
    ],
    rules: WORLD_RULES,
    externalLabels: { cluster: 'eu-1' },
    alertmanagerUrl: null,
    clock: realClock,
    port: 0,
  })
  deaf = await startDeafServer()
  world = await metricsWorld(prometheus.url, deaf.url)
})
afterAll(async () => {
  deaf?.stop()
  await Promise.all([prometheus?.stop(), exporter?.stop()])
})

describeMetrics("the sandbox's Prometheus", () => world)
describeAnswers("the sandbox's Prometheus", () => world)
