import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from './json.ts'
import { isSecretName, MASK } from './secret-text.ts'
import { diffTemplates } from './template-diff.ts'
import { templateText } from './template-fingerprint.ts'

interface Parts {
  labels?: JsonObject
  annotations?: JsonObject
  main?: JsonObject
  others?: JsonObject[]
  spec?: JsonObject
}

const ENV: JsonValue = [
  { name: 'LEVEL', value: 'info' },
  { name: 'POOL', value: '40' },
]

function aTemplate({ labels = {}, annotations = {}, main = {}, others = [], spec = {} }: Parts = {}): JsonObject {
  return {
    metadata: { labels: { app: 'checkout', ...labels }, annotations },
    spec: { containers: [{ name: 'main', image: 'shop/checkout:1', env: ENV, ...main }, ...others], ...spec },
  }
}

const SIDECAR = { name: 'proxy', image: 'envoy:1' }

function brief(before: JsonObject, after: JsonObject) {
  return diffTemplates(before, after).map((one) => [one.kind, one.path, one.before, one.after])
}

describe('what differs', () => {
  test.each<[string, JsonObject, JsonObject, unknown[]]>([
    ['nothing', aTemplate(), aTemplate(), []],
    ['not the hash that the controller adds', aTemplate(), aTemplate({ labels: { 'pod-template-hash': 'abc' } }), []],
    [
      'not an empty creationTimestamp',
      aTemplate(),
      { ...aTemplate(), metadata: { creationTimestamp: null, labels: { app: 'checkout' } } },
      [],
    ],
    [
      'an image, by the name of its container',
      aTemplate({ others: [SIDECAR] }),
      aTemplate({ others: [{ ...SIDECAR, image: 'envoy:2' }] }),
      [['image', 'spec.containers[proxy].image', 'envoy:1', 'envoy:2']],
    ],
    [
      'an image of an init container',
      aTemplate({ spec: { initContainers: [{ name: 'migrate', image: 'm:1' }] } }),
      aTemplate({ spec: { initContainers: [{ name: 'migrate', image: 'm:2' }] } }),
      [['image', 'spec.initContainers[migrate].image', 'm:1', 'm:2']],
    ],
    [
      'a variable, though another came before it',
      aTemplate(),
      aTemplate({
        main: {
          env: [
            { name: 'NEW', value: 'x' },
            { name: 'LEVEL', value: 'debug' },
            { name: 'POOL', value: '40' },
          ],
        },
      }),
      [
        ['env', 'spec.containers[main].env[LEVEL]', 'info', 'debug'],
        ['env', 'spec.containers[main].env[NEW]', null, 'x'],
      ],
    ],
    [
      'a variable that went',
      aTemplate(),
      aTemplate({ main: { env: [{ name: 'LEVEL', value: 'info' }] } }),
      [['env', 'spec.containers[main].env[POOL]', '40', null]],
    ],
    [
      'a variable that is read from a Secret now: where from, which is no secret',
      aTemplate({ main: { env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'a', key: 'p' } } }] } }),
      aTemplate({ main: { env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'b', key: 'p' } } }] } }),
      [
        [
          'env',
          'spec.containers[main].env[PASSWORD]',
          { secretKeyRef: { name: 'a', key: 'p' } },
          { secretKeyRef: { name: 'b', key: 'p' } },
        ],
      ],
    ],
    [
      'a container that came, by what is in it',
      aTemplate(),
      aTemplate({ others: [{ ...SIDECAR, env: [{ name: 'A', value: '1' }] }] }),
      [
        ['image', 'spec.containers[proxy].image', null, 'envoy:1'],
        ['env', 'spec.containers[proxy].env[A]', null, '1'],
        ['other', 'spec.containers[proxy].name', null, 'proxy'],
      ],
    ],
    [
      'arguments, as one',
      aTemplate({ main: { args: ['--a', '--b'] } }),
      aTemplate({ main: { args: ['--a', '--c'] } }),
      [['other', 'spec.containers[main].args', ['--a', '--b'], ['--a', '--c']]],
    ],
    [
      'a limit',
      aTemplate({ main: { resources: { limits: { memory: '1Gi', cpu: '1' } } } }),
      aTemplate({ main: { resources: { limits: { memory: '2Gi', cpu: '1' } } } }),
      [['other', 'spec.containers[main].resources.limits.memory', '1Gi', '2Gi']],
    ],
    [
      'a port by its number and a mount by its path',
      aTemplate({
        main: {
          ports: [{ containerPort: 80, name: 'http' }],
          volumeMounts: [
            { name: 'v', mountPath: '/a' },
            { name: 'v', mountPath: '/b' },
          ],
        },
      }),
      aTemplate({
        main: {
          ports: [{ containerPort: 80, name: 'web' }],
          volumeMounts: [
            { name: 'v', mountPath: '/a' },
            { name: 'v', mountPath: '/b', readOnly: true },
          ],
        },
      }),
      [
        ['other', 'spec.containers[main].ports[80].name', 'http', 'web'],
        ['other', 'spec.containers[main].volumeMounts[/b].readOnly', null, true],
      ],
    ],
    [
      'a field that we do not know',
      aTemplate(),
      aTemplate({ main: { fieldOfTheFuture: { a: 1 } } }),
      [['other', 'spec.containers[main].fieldOfTheFuture', null, { a: 1 }]],
    ],
    [
      'the order of containers',
      aTemplate({ others: [SIDECAR] }),
      { ...aTemplate(), spec: { containers: [SIDECAR, ...((aTemplate()['spec'] as JsonObject)['containers'] as JsonValue[])] } },
      [['other', 'spec.containers', ['main', 'proxy'], ['proxy', 'main']]],
    ],
  ])('%s', (_, before, after, changes) => {
    expect(brief(before, after)).toEqual(changes)
    expect(changes.length === 0).toBe(templateText(before) === templateText(after))
  })

  test('comes in the order in which one asks: images, environment, the rest, stamps', () => {
    const before = aTemplate({ annotations: { 'kubectl.kubernetes.io/restartedAt': 'a', 'checksum/config': 'a' } })
    const after = aTemplate({
      annotations: { 'kubectl.kubernetes.io/restartedAt': 'b', 'checksum/config': 'b' },
      main: {
        env: [
          { name: 'LEVEL', value: 'warn' },
          { name: 'POOL', value: '40' },
        ],
        image: 'shop/checkout:2',
      },
    })
    expect(diffTemplates(before, after).map((one) => [one.path, one.volatile])).toEqual([
      ['spec.containers[main].image', false],
      ['spec.containers[main].env[LEVEL]', false],
      ['metadata.annotations[checksum/config]', false],
      ['metadata.annotations[kubectl.kubernetes.io/restartedAt]', true],
    ])
  })

  test('tells names given twice apart by showing the whole list', () => {
    const twice = [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ]
    expect(brief(aTemplate({ main: { env: twice } }), aTemplate({ main: { env: twice.slice(1) } }))).toEqual([
      ['env', 'spec.containers[main].env', twice, twice.slice(1)],
    ])
  })
})

describe('what is not shown', () => {
  const SECRETS = ['hunter2', 'correct-horse']

  test.each<[string, JsonObject, JsonObject]>([
    [
      'a variable with a telling name',
      { env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] },
      { env: [{ name: 'DB_PASSWORD', value: 'correct-horse' }] },
    ],
    ['one that came', { env: [] }, { env: [{ name: 'api_key', value: 'hunter2' }] }],
    [
      'one that is read from a Secret now',
      { env: [{ name: 'TOKEN', value: 'hunter2' }] },
      { env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }] },
    ],
    [
      'an address with userinfo',
      { env: [{ name: 'DATABASE_URL', value: 'postgres://app:hunter2@db/shop' }] },
      { env: [{ name: 'DATABASE_URL', value: 'postgres://app:correct-horse@db/shop' }] },
    ],
    [
      'an address whose password holds a slash',
      { env: [{ name: 'DATABASE_URL', value: 'postgres://app:hunter2/x@db/shop' }] },
      { env: [{ name: 'DATABASE_URL', value: 'postgres://app:correct-horse/x@db/shop' }] },
    ],
    [
      'an address that lets whoever knows it post',
      { env: [{ name: 'ALERTS', value: 'https://hooks.slack.com/services/T0/B0/hunter2' }] },
      { env: [] },
    ],
    [
      'a flag and its value in one argument',
      { args: ['-c', 'app --db-password hunter2'] },
      { args: ['-c', 'app --db-password correct-horse'] },
    ],
    [
      'a password among settings',
      { env: [{ name: 'JDBC', value: 'host=db password=hunter2' }] },
      { env: [{ name: 'JDBC', value: 'host=db password=correct-horse' }] },
    ],
    ['an address without a scheme', { env: [{ name: 'MYSQL', value: 'app:hunter2@tcp(db)/shop' }] }, { env: [] }],
    ['an argument after its flag', { args: ['--db-password', 'hunter2'] }, { args: ['--db-password', 'correct-horse'] }],
    ['an argument with its flag', { args: ['--token=hunter2'] }, { args: ['--token=correct-horse'] }],
    [
      'names given twice',
      {
        env: [
          { name: 'PASSWORD', value: 'hunter2' },
          { name: 'PASSWORD', value: 'correct-horse' },
        ],
      },
      { env: [] },
    ],
    [
      'a header of a probe',
      { livenessProbe: { httpGet: { httpHeaders: [{ name: 'Authorization', value: 'hunter2' }] } } },
      { livenessProbe: { httpGet: { path: '/', httpHeaders: [{ name: 'Authorization', value: 'correct-horse' }] } } },
    ],
  ])('%s', (_, before, after) => {
    const changes = diffTemplates(aTemplate({ main: before }), aTemplate({ main: after }))
    const text = JSON.stringify(changes)
    expect(changes.length).toBeGreaterThan(0)
    expect(changes.some((one) => one.masked)).toBe(true)
    expect(text).toContain(MASK)
    for (const secret of SECRETS) expect(text).not.toContain(secret)
  })

  test('nor in a container that came, a volume that went, or an annotation', () => {
    const before = aTemplate({
      annotations: { 'example.com/api-token': 'hunter2' },
      spec: { volumes: [{ name: 'v', csi: { url: 'nfs://u:hunter2@h' } }] },
    })
    const after = aTemplate({
      others: [{ ...SIDECAR, env: [{ name: 'SECRET', value: 'hunter2' }], args: ['-p', 'x', '--secret', 'hunter2'] }],
    })
    expect(JSON.stringify(diffTemplates(before, after))).not.toContain('hunter2')
  })

  test('but images by digest, references and plain values are', () => {
    const changes = diffTemplates(
      aTemplate({ main: { image: 'shop@sha256:aa' }, spec: { volumes: [{ name: 'v', secret: { secretName: 'a' } }] } }),
      aTemplate({ main: { image: 'shop:2@sha256:bb' }, spec: { volumes: [{ name: 'v', secret: { secretName: 'b' } }] } }),
    )
    expect(changes.map((one) => [one.before, one.after, one.masked])).toEqual([
      ['shop@sha256:aa', 'shop:2@sha256:bb', false],
      ['a', 'b', false],
    ])
  })

  test.each([
    'PASSWORD',
    'DB_PASS',
    'smtp-pwd',
    'AUTH_TOKEN',
    'clientSecret',
    'AWS_ACCESS_KEY_ID',
    'API_KEYS',
    'SENTRY_DSN',
    'HTTP_AUTH',
    'GOOGLE_CREDENTIALS',
  ])('%s is a name of a secret', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  test.each(['LEVEL', 'DB_POOL_MAX', 'AUTHOR', 'COMPASS_URL', 'BYPASS_CACHE', 'KEYCLOAK_HOST'])('%s is none', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})

describe('a map whose keys people choose', () => {
  const volumes = (password: string): JsonObject => ({
    volumes: [
      { name: 'a', csi: { driver: 'd', volumeAttributes: { share: 's', 'node.session/password': password } } },
      { name: 'b', flexVolume: { driver: 'd', options: { server: 's', apiKey: password } } },
    ],
    nodeSelector: { zone: 'z', 'join-token': password },
  })

  test('does not show what its key calls a secret, changed, new or gone; an API field with such a name is shown', () => {
    const [bare, old, next] = [aTemplate(), aTemplate({ spec: volumes('hunter1') }), aTemplate({ spec: volumes('hunter2') })]
    for (const [before, after] of [
      [old, next],
      [bare, next],
      [old, bare],
    ] as const) {
      const changes = diffTemplates(before, after)
      expect(JSON.stringify(changes)).not.toContain('hunter')
      expect(changes.every(({ masked }) => masked)).toBe(true)
    }
    expect(JSON.stringify(diffTemplates(bare, next))).toContain('"share":"s"')
    const named = aTemplate({ spec: { volumes: [{ name: 'v', secret: { secretName: 'db-credentials' } }] } })
    expect(JSON.stringify(diffTemplates(bare, named))).toContain('db-credentials')
  })
})

describe('a long value', () => {
  const config = (tail: string) => aTemplate({ annotations: { config: `${'line\n'.repeat(20_000)}${tail}${'more\n'.repeat(20_000)}` } })

  test('is shown from shortly before where it differs, and no longer than some thousand characters', () => {
    const [change] = diffTemplates(config('pool=10'), config('pool=99'))
    for (const [side, tail] of [
      [change?.before, 'pool=10'],
      [change?.after, 'pool=99'],
    ]) {
      expect(String(side).length).toBeLessThan(2_100)
      expect(side).toMatch(/^…line/)
      expect(side).toContain(tail)
      expect(side).toMatch(/…$/)
    }
  })

  test('is short also as a list, or as a whole container', () => {
    const args = Array.from({ length: 500 }, (_, index) => `--option-${index}=${'x'.repeat(100)}`)
    const [change] = diffTemplates(aTemplate(), aTemplate({ main: { args } }))
    expect(JSON.stringify(change?.after).length).toBeLessThan(25_000)
    expect(change?.before).toBeNull()
  })
})
