import { defineConfig } from 'vitest/config'

/**
 * One project per kind of test, told apart by file name:
 *   x.test.ts          unit: no database, no network (part of `npm run check`)
 *   x.db.test.ts       a real Postgres (embedded)
 *   x.prom.test.ts     Debian's real Prometheus and Alertmanager
 *   x.http.test.ts     the built application over real HTTP
 *   x.sandbox.test.ts  the sandbox, over real HTTP
 *   x.demo.test.ts     `npm run demo` as a whole, on the built application
 *   x.cluster.test.ts  the API server that KUBECONFIG names (`npm run test:cluster`)
 *   x.browser.test.ts  browsers over the built application and the sandbox; not by Vitest: playwright.config.ts
 */
const ignored = ['**/node_modules/**', '.next/**', '.data/**', '.cache/**']
const kinds = ['db', 'prom', 'http', 'sandbox', 'cluster', 'browser', 'demo']

const special = (kind: string, testTimeout: number, maxWorkers = 1) => ({
  test: {
    name: kind,
    globalSetup: ['prom', 'sandbox', 'demo'].includes(kind) ? [] : ['lib/testing/postgres-server.ts'],
    include: [`**/*.${kind}.test.ts`],
    exclude: ignored,
    testTimeout,
    hookTimeout: testTimeout,
    maxWorkers,
    fileParallelism: maxWorkers > 1,
  },
})

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Nothing here changes modules or the environment, so files may share a thread: half the time.
          pool: 'threads',
          isolate: false,
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...ignored, ...kinds.map((kind) => `**/*.${kind}.test.ts`)],
          testTimeout: 10_000,
        },
      },
      special('db', 30_000, 2),
      special('prom', 60_000),
      special('http', 60_000),
      special('sandbox', 60_000, 2),
      special('cluster', 120_000),
      special('demo', 240_000),
    ],
  },
})
