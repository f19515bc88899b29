import { expect, test } from 'vitest'
import { z } from 'zod'
import { API } from './api.ts'
import { instant } from './instant.ts'
import { openapi } from './openapi.ts'
import { operation } from './operation.ts'

const thing = operation({
  method: 'PUT',
  path: '/api/things/:id',
  summary: 'Put a thing',
  access: 'operator',
  kind: 'json',
  mutates: true,
  params: z.object({ id: z.guid() }),
  query: z.strictObject({ limit: z.coerce.number<string>().int().default(50) }),
  body: z.strictObject({ name: z.string().max(5), until: instant.nullable().default(null) }),
  reply: z.object({ id: z.string(), at: instant }),
})

test('an operation is described as the wire sees it', () => {
  expect(openapi([thing], '1.2.3')).toMatchObject({
    openapi: '3.1.0',
    info: { title: 'Snapback', version: '1.2.3' },
    paths: {
      '/api/things/{id}': {
        put: {
          operationId: 'putApiThingsById',
          summary: 'Put a thing',
          security: [{ session: [] }, { apiToken: [] }],
          'x-role': 'operator',
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'limit', in: 'query', required: false, schema: { type: 'integer', default: 50 } },
          ],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { required: ['name'], properties: { name: { type: 'string', maxLength: 5 } } } } },
          },
          responses: {
            200: { content: { 'application/json': { schema: { properties: { at: { type: 'string', format: 'date-time' } } } } } },
            default: { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
          },
        },
      },
    },
  })
})

test('two methods of one path stand together', () => {
  const description = openapi([thing, { ...thing, method: 'DELETE' }], '1') as { paths: Record<string, object> }
  expect(Object.keys(description.paths['/api/things/{id}'] ?? {})).toEqual(['put', 'delete'])
})

test.each([
  ['public', []],
  ['webhook', [{ webhookToken: [] }]],
  ['admin', [{ session: [] }, { apiToken: [] }]],
] as const)('access %s tells its credentials', (access, security) => {
  expect(openapi([{ ...thing, access }], '1')).toMatchObject({ paths: { '/api/things/{id}': { put: { security } } } })
})

test('everything that there is can be described, under a name of its own', () => {
  const description = openapi(API, '1') as { paths: Record<string, Record<string, { operationId: string; summary: string }>> }
  const described = Object.values(description.paths).flatMap((methods) => Object.values(methods))
  expect(described).toHaveLength(API.length)
  expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(API.length)
  expect(described.filter(({ summary }) => summary === '')).toEqual([])
  expect(JSON.parse(JSON.stringify(description))).toEqual(description)
})
