import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseEnv } from './env.ts'

const SECRET = 'x'.repeat(32)
const BASE = { DATABASE_URL: 'postgresql://u:p@db/snapback', NEXTAUTH_SECRET: SECRET }
function noFile(): string {
  throw new Error('ENOENT')
}

test('what is not configured is null or its default, and nothing can change it', () => {
  const env = parseEnv(BASE)
  expect(env).toMatchObject({
    port: 3000,
    databaseUrl: BASE.DATABASE_URL,
    kubeconfig: null,
    namespaces: null,
    prometheusUrl: null,
    webhookToken: null,
    autoRollbackEnabled: null,
    dryRun: null,
    publicUrl: 'http://localhost:3000',
    adminEmail: null,
    adminPassword: null,
    metricsPrefix: 'edgelink',
    logLevel: 'info',
    engine: 'in-process',
    testKill: null,
  })
  expect(Object.isFrozen(env)).toBe(true)
})

test('an empty value counts as unset', () => {
  expect(parseEnv({ ...BASE, WEBHOOK_TOKEN: '', DRY_RUN: '', PORT: '' })).toMatchObject({ webhookToken: null, dryRun: null, port: 3000 })
})

test.each([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])('DRY_RUN=%s is a yes or no', (text, expected) => {
  expect(parseEnv({ ...BASE, DRY_RUN: text }).dryRun).toBe(expected)
})

test('NOTICE is read in both languages, unless NOTICE_ZH says it in Chinese', () => {
  expect(parseEnv(BASE).notice).toEqual({ en: null, zh: null })
  expect(parseEnv({ ...BASE, NOTICE: 'Staging' }).notice).toEqual({ en: 'Staging', zh: 'Staging' })
  expect(parseEnv({ ...BASE, NOTICE: 'Staging', NOTICE_ZH: '预发布' }).notice).toEqual({ en: 'Staging', zh: '预发布' })
})

test('NAMESPACES is a list', () => {
  expect(parseEnv({ ...BASE, NAMESPACES: 'edgelink, shop' }).namespaces).toEqual(['edgelink', 'shop'])
})

test.each([
  ['DRY_RUN', 'yes'],
  ['AUTO_ROLLBACK_ENABLED', 'TRUE'],
  ['PORT', 'http'],
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://db/x'],
  ['PROMETHEUS_URL', 'prometheus:9090'],
  ['NEXTAUTH_URL', 'ftp://x'],
  ['NEXTAUTH_SECRET', 'short'],
  ['NAMESPACES', 'Edge Link'],
  ['ADMIN_EMAIL', 'admin'],
  ['ADMIN_PASSWORD', 'short'],
  ['METRICS_PREFIX', 'edge-link'],
  ['LOG_LEVEL', 'loud'],
  ['ENGINE', 'off'],
  ['TEST_KILL_POINT', 'anywhere'],
])('%s=%s is refused by name, without its value', (name, value) => {
  const failing = () => parseEnv({ ...BASE, [name]: value })
  expect(failing).toThrow(new RegExp(`^configuration is wrong:\\n {2}${name}: .+$`))
  expect(failing).not.toThrow(value)
})

test.each(['DATABASE_URL', 'NEXTAUTH_SECRET'])('%s has no default', (name) => {
  expect(() => parseEnv({ ...BASE, [name]: undefined })).toThrow(`${name}: `)
})

test('all that is wrong is told at once', () => {
  expect(() => parseEnv({ ...BASE, PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT: .*\n.*LOG_LEVEL: /)
})

test('a secret may come as a file, whose last line end is no part of it', () => {
  const env = parseEnv({ ...BASE, WEBHOOK_TOKEN_FILE: '/token' }, (path) => `what ${path} holds\n`)
  expect(env.webhookToken).toBe('what /token holds')
})

test.each<[string, Record<string, string>, () => string, string]>([
  ['both are set', { WEBHOOK_TOKEN: 'a', WEBHOOK_TOKEN_FILE: '/a' }, () => 'a', 'WEBHOOK_TOKEN and WEBHOOK_TOKEN_FILE are both set'],
  ['the file cannot be read', { WEBHOOK_TOKEN_FILE: '/gone' }, noFile, 'WEBHOOK_TOKEN_FILE: cannot be read'],
  ['the file is empty', { ADMIN_PASSWORD_FILE: '/empty' }, () => '\n', 'ADMIN_PASSWORD_FILE: is empty'],
])('a secret as a file is refused when %s', (_case, source, readFile, message) => {
  expect(() => parseEnv({ ...BASE, ...source }, readFile)).toThrow(message)
})

test('the environment is read in one file', () => {
  const sources = globSync(['lib/**/*.{ts,tsx}', 'app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}'])
  const production = sources.filter((file) => !/\.test\.tsx?$|^lib\/testing\/|\/generated\//.test(file))
  expect(production.length).toBeGreaterThan(50)
  expect(production.filter((file) => /process\.env/.test(readFileSync(file, 'utf8')))).toEqual(['lib/server/env.ts'])
})
