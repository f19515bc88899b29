import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from './json.ts'
import { materialText, templateImages, templateText, withoutPodTemplateHash } from './template-fingerprint.ts'

interface Parts {
  labels?: JsonObject
  annotations?: JsonObject
  container?: JsonObject
}

function aTemplate({ labels = {}, annotations = {}, container = {} }: Parts = {}): JsonObject {
  return {
    metadata: { labels: { app: 'checkout', ...labels }, annotations: { 'example.com/team': 'shop', ...annotations } },
    spec: { containers: [{ name: 'main', image: 'shop/checkout:1.4.0', env: [{ name: 'LEVEL', value: 'info' }], ...container }] },
  }
}

const BASE = aTemplate()

describe("the template's own text", () => {
  test.each<[string, JsonObject]>([
    ['the hash that the controller adds', aTemplate({ labels: { 'pod-template-hash': '6c8f9d' } })],
    ['the order of keys', { spec: BASE['spec'] as JsonValue, metadata: BASE['metadata'] as JsonValue }],
    ['an empty creationTimestamp', { ...BASE, metadata: { ...(BASE['metadata'] as JsonObject), creationTimestamp: null } }],
  ])('is the same but for %s', (_, template) => {
    expect(templateText(template)).toBe(templateText(BASE))
  })

  test('is the same whether there are no annotations or an empty map of them', () => {
    const spec = BASE['spec'] as JsonValue
    expect(templateText({ metadata: { labels: { app: 'a' }, annotations: {} }, spec })).toBe(
      templateText({ metadata: { labels: { app: 'a' } }, spec }),
    )
  })

  test.each<[string, JsonObject]>([
    ['a restart', aTemplate({ annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-05T10:00:00Z' } })],
    ['an image', aTemplate({ container: { image: 'shop/checkout:1.5.0' } })],
    ['a label', aTemplate({ labels: { version: 'v2' } })],
    ['a field that we do not know', aTemplate({ container: { fieldOfTheFuture: true } })],
  ])('differs by %s', (_, template) => {
    expect(templateText(template)).not.toBe(templateText(BASE))
  })

  test('leaves the template as it was', () => {
    const template = aTemplate({ labels: { 'pod-template-hash': '6c8f9d' } })
    const before = structuredClone(template)
    expect(withoutPodTemplateHash(template)).toEqual(BASE)
    expect(template).toEqual(before)
  })
})

describe('what runs is the same', () => {
  test.each([
    'kubectl.kubernetes.io/restartedAt',
    'example.com/restarted-at',
    'deployed-at',
    'deploymentTime',
    'redeployedAt',
    'rolloutTimestamp',
    'build_date',
    'keel.sh/update-time',
    'release-date',
    'timestamp',
    'example.com/timestamp',
    'date',
    'rollme',
    'force-redeploy',
    'commit',
    'git-commit',
    'gitSha',
    'git_sha',
    'commit-sha',
    'app.kubernetes.io/build',
    'org.opencontainers.image.revision',
    'build-number',
    'ci.example.com/pipeline-id',
    'pipelineId',
    'run-number',
    'kubernetes.io/change-cause',
    'helm.sh/chart',
    'app.kubernetes.io/version',
  ])('under another %s, as annotation or as label', (name) => {
    expect(materialText(aTemplate({ annotations: { [name]: 'x' } }))).toBe(materialText(BASE))
    expect(materialText(aTemplate({ labels: { [name]: 'x' } }))).toBe(materialText(BASE))
  })

  test('whether a stamp is the only annotation or there is none', () => {
    const spec = BASE['spec'] as JsonValue
    const stamped = { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': 'x' } }, spec }
    expect(materialText(stamped)).toBe(materialText({ metadata: {}, spec }))
  })

  test("in a ReplicaSet's copy", () => {
    expect(materialText(aTemplate({ labels: { 'pod-template-hash': '6c8f9d' } }))).toBe(materialText(BASE))
  })
})

describe('what runs differs', () => {
  test.each([
    'version',
    'track',
    'app.kubernetes.io/component',
    'istio.io/rev',
    'sidecar.istio.io/inject',
    'prometheus.io/scrape',
    'prometheus.io/port',
    'checksum/config',
    'config-sha',
    'config-revision',
    'secret-hash',
    'reloader.stakater.com/last-reloaded-from',
    'vault.hashicorp.com/agent-inject-secret-db',
    'updates',
    'candidate',
    'job',
    'builder',
  ])('under another %s, as annotation and as label', (name) => {
    expect(materialText(aTemplate({ annotations: { [name]: 'x' } }))).not.toBe(materialText(BASE))
    expect(materialText(aTemplate({ labels: { [name]: 'x' } }))).not.toBe(materialText(BASE))
  })

  test.each<[string, JsonObject]>([
    ['an image', { image: 'shop/checkout:1.5.0' }],
    ['an environment variable', { env: [{ name: 'LEVEL', value: 'debug' }] }],
    ['an environment variable that looks like a stamp', { env: [{ name: 'DEPLOYED_AT', value: 'now' }] }],
    ['an argument', { args: ['--fast'] }],
    ['a resource limit', { resources: { limits: { memory: '64Mi' } } }],
  ])('by %s', (_, container) => {
    expect(materialText(aTemplate({ container }))).not.toBe(materialText(BASE))
  })
})

describe('the images of a template', () => {
  test('are those of its containers, then of its init containers', () => {
    const spec = { initContainers: [{ image: 'migrate:2' }], containers: [{ image: 'main:1' }, { image: 'proxy:3' }] }
    expect(templateImages({ spec })).toEqual(['main:1', 'proxy:3', 'migrate:2'])
  })

  test.each<[string, JsonObject]>([
    ['a template without a spec', {}],
    ['containers without an image', { spec: { containers: [{ name: 'main' }, null, 'x'] } }],
    ['containers that are no list', { spec: { containers: {} } }],
  ])('of %s are none', (_, template) => {
    expect(templateImages(template)).toEqual([])
  })
})
