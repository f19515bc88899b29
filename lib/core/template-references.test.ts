import { expect, test } from 'vitest'
import type { JsonValue } from './json.ts'
import { templateReferences } from './template-references.ts'

test('names every ConfigMap and Secret that a template reads, each once', () => {
  const template: JsonValue = {
    spec: {
      containers: [
        {
          name: 'main',
          envFrom: [{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'keys' } }],
          env: [
            { name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } },
            { name: 'B', valueFrom: { secretKeyRef: { name: 'db', key: 'b' } } },
          ],
        },
      ],
      initContainers: [{ name: 'init', envFrom: [{ configMapRef: { name: 'init' } }] }],
      volumes: [
        { name: 'a', configMap: { name: 'files' } },
        { name: 'b', secret: { secretName: 'tls' } },
        { name: 'c', projected: { sources: [{ secret: { name: 'projected' } }, { configMap: { name: 'more' } }] } },
      ],
    },
  }
  expect(templateReferences(template)).toEqual({
    configMaps: ['files', 'init', 'more', 'settings'],
    secrets: ['db', 'keys', 'projected', 'tls'],
  })
})

test('a template without any has none', () => {
  expect(templateReferences({ spec: { containers: [{ name: 'main', image: 'a' }] } })).toEqual({ configMaps: [], secrets: [] })
})
