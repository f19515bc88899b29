import { readFileSync } from 'node:fs'
import { z } from 'zod'
import manifest from '../../package.json' with { type: 'json' }
import { KILL_POINTS } from '../core/kill-point.ts'

/** Every secret may come as a file instead: `NAME_FILE` names it. */
const SECRETS = ['DATABASE_URL', 'WEBHOOK_TOKEN', 'NEXTAUTH_SECRET', 'ADMIN_PASSWORD'] as const

type Source = Readonly<Record<string, string | undefined>>
type ReadFile = (path: string) => string

const flag = z.enum(['true', 'false', '1', '0'], 'must be true, false, 1 or 0').transform((text) => text === 'true' || text === '1')
const namespaceName = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be names of namespaces, with commas between')
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })

const schema = z.object({
  PORT: z.coerce.number<string>('must be a port').int('must be a port').min(1).max(65_535).default(3000),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL; npm start sets it where there is none' }),
  KUBECONFIG: z.string().optional(),
  NAMESPACES: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(namespaceName))
    .optional(),
  PROMETHEUS_URL: httpUrl.optional(),
  ALERTMANAGER_URL: httpUrl.optional(),
  WEBHOOK_TOKEN: z.string().optional(),
  AUTO_ROLLBACK_ENABLED: flag.optional(),
  DRY_RUN: flag.optional(),
  NEXTAUTH_URL: httpUrl.optional(),
  NEXTAUTH_SECRET: z
    .string('must be set where DATABASE_URL is given: openssl rand -base64 32 makes one')
    .min(32, 'must have 32 characters or more: openssl rand -base64 32 makes one'),
  ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  ADMIN_PASSWORD: z.string().min(12, 'must have 12 characters or more').optional(),
  METRICS_PREFIX: z
    .string()
    .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'must be letters, digits and _')
    .default('edgelink'),
  NOTICE: z.string().max(300, 'must have 300 characters or fewer').optional(),
  NOTICE_ZH: z.string().max(300, 'must have 300 characters or fewer').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error').default('info'),
  ENGINE: z.enum(['in-process', 'apart'], 'must be in-process or apart').default('in-process'),
  TEST_KILL_POINT: z.enum(KILL_POINTS, 'must be a kill point').optional(),
  TEST_KILL_ONCE_FILE: z.string().optional(),
})

/** What the environment configures, parsed once. Null: not configured. */
export type Env = ReturnType<typeof parseEnv>

/**
 * Parses the environment; an empty value counts as unset.
 *
 * @throws Error with one line per variable that is wrong, without its value
 */
export function parseEnv(source: Source, readFile: ReadFile = (path) => readFileSync(path, 'utf8')) {
  const { values, wrong } = withSecretsOfFiles(source, readFile)
  const parsed = schema.safeParse(values)
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0])
    if (!wrong.some((line) => line.startsWith(`${name}`))) wrong.push(`${name}: ${issue.message}`)
  }
  if (!parsed.success || wrong.length > 0) throw new Error(`configuration is wrong:\n${wrong.map((line) => `  ${line}`).join('\n')}`)
  const env = parsed.data
  return Object.freeze({
    version: manifest.version,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    kubeconfig: env.KUBECONFIG ?? null,
    namespaces: env.NAMESPACES ?? null,
    prometheusUrl: env.PROMETHEUS_URL ?? null,
    alertmanagerUrl: env.ALERTMANAGER_URL ?? null,
    webhookToken: env.WEBHOOK_TOKEN ?? null,
    autoRollbackEnabled: env.AUTO_ROLLBACK_ENABLED ?? null,
    dryRun: env.DRY_RUN ?? null,
    publicUrl: env.NEXTAUTH_URL ?? `http://localhost:${env.PORT}`,
    sessionSecret: env.NEXTAUTH_SECRET,
    adminEmail: env.ADMIN_EMAIL ?? null,
    adminPassword: env.ADMIN_PASSWORD ?? null,
    metricsPrefix: env.METRICS_PREFIX,
    /** What every page says on top, by language: that this is a staging cluster, or a demo. */
    notice: { en: env.NOTICE ?? null, zh: env.NOTICE_ZH ?? env.NOTICE ?? null },
    logLevel: env.LOG_LEVEL,
    engine: env.ENGINE,
    /** Only for tests of durability. */
    testKill: env.TEST_KILL_POINT && env.TEST_KILL_ONCE_FILE ? { at: env.TEST_KILL_POINT, onceFile: env.TEST_KILL_ONCE_FILE } : null,
  })
}

/** The environment of this process. The only place that reads `process.env`. */
export function readEnv(): Env {
  const env = parseEnv(process.env)
  // next-auth reads its own address from here, and would otherwise take port 3000 for granted.
  process.env['NEXTAUTH_URL'] = env.publicUrl
  return env
}

function withSecretsOfFiles(source: Source, readFile: ReadFile) {
  const values: Record<string, string> = {}
  const wrong: string[] = []
  for (const [name, value] of Object.entries(source)) if (value) values[name] = value
  for (const name of SECRETS) {
    const path = values[`${name}_FILE`]
    if (path === undefined) continue
    if (values[name] !== undefined) {
      wrong.push(`${name} and ${name}_FILE are both set: set one`)
      continue
    }
    const secret = readSecret(readFile, path)
    if (secret) values[name] = secret
    else wrong.push(`${name}_FILE: ${secret === null ? 'cannot be read' : 'is empty'}`)
  }
  return { values, wrong }
}

/** Editors and `kubectl create secret` leave a line end behind. Null: the file cannot be read. */
function readSecret(readFile: ReadFile, path: string): string | null {
  try {
    return readFile(path).replace(/\r?\n$/, '')
  } catch {
    return null
  }
}
