import { expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../core/json.ts'
import type { ApiCall, ApiClient } from './api-client.ts'
import { createWriteTelling, inspectConfig, timesOf } from './inspect-config.ts'

const AT = '2026-01-05T10:00:00Z'
const LATER = '2026-01-05T10:05:00Z'

function metadata(...managedFields: JsonValue[]): JsonObject {
  return { resourceVersion: '7', creationTimestamp: AT, managedFields }
}

function wrote(time: string, fieldsV1: JsonObject): JsonObject {
  return { manager: 'kubectl', operation: 'Update', time, fieldsV1 }
}

function answering(body: JsonObject, asked: ApiCall[] = []): { api: ApiClient; tellsWrites(): Promise<boolean> } {
  return { api: client(body, asked), tellsWrites: async () => true }
}

function client(body: JsonObject, asked: ApiCall[] = []): ApiClient {
  return {
    async call(call) {
      asked.push(call)
      return { status: 200, body }
    },
    async read(call) {
      asked.push(call)
      return body
    },
    stream: () => Promise.reject(new Error('not here')),
    clockSkewMs: () => null,
  }
}

it('was written when any writer last changed its data', () => {
  const seen = timesOf(metadata(wrote(LATER, { 'f:data': { 'f:a': {} } }), wrote(AT, { 'f:data': {}, 'f:metadata': {} })))
  expect(seen).toEqual({ resourceVersion: '7', createdAt: Date.parse(AT), writtenAt: Date.parse(LATER) })
})

it('was not written by who only puts labels and owners on it', () => {
  expect(timesOf(metadata(wrote(AT, { 'f:data': {} }), wrote(LATER, { 'f:metadata': {} }))).writtenAt).toBe(Date.parse(AT))
})

it('counts a writer of whom nothing but the time is told', () => {
  expect(timesOf(metadata(wrote(LATER, {}))).writtenAt).toBe(Date.parse(LATER))
})

it('is not known to have been written where nobody noted it', () => {
  expect(timesOf(metadata())).toMatchObject({ writtenAt: null, createdAt: Date.parse(AT) })
})

it('asks for metadata in no other form, and keeps nothing of annotations, which may hold the data', async () => {
  const asked: ApiCall[] = []
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"aHVudGVyMg=="}}' }
  const body = { kind: 'PartialObjectMetadata', metadata: { ...metadata(wrote(AT, { 'f:data': { 'f:password': {} } })), annotations } }
  const seen = await inspectConfig(answering(body, asked), 'shop', { kind: 'Secret', name: 'keys' })
  expect(asked).toMatchObject([
    { verb: 'get', path: '/api/v1/namespaces/shop/secrets/keys', accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' },
  ])
  expect(seen).toEqual({ resourceVersion: '7', createdAt: Date.parse(AT), writtenAt: Date.parse(AT), tellsWrites: true })
})

it('takes nothing from a server that sends the whole object all the same', async () => {
  const whole = { kind: 'Secret', metadata: metadata(wrote(AT, {})), data: { password: 'aHVudGVyMg==' } }
  expect(await inspectConfig(answering(whole), 'shop', { kind: 'Secret', name: 'keys' })).toBe('silent')
})

it.each([
  ['1', '20', false],
  ['1', '24+', false],
  ['1', '25+', true],
  ['1', '34', true],
  ['', '', false],
])('a server %s.%s tells of every write: %s, and is asked once', async (major, minor, expected) => {
  const asked: ApiCall[] = []
  const tellsWrites = createWriteTelling(client({ major, minor }, asked))
  expect([await tellsWrites(), await tellsWrites()]).toEqual([expected, expected])
  expect(asked).toHaveLength(1)
})

it('asks for the version again after a silence', async () => {
  let isDown = true
  const up = client({ major: '1', minor: '30' })
  const tellsWrites = createWriteTelling({ ...up, call: (call) => (isDown ? Promise.reject(new Error('no answer')) : up.call(call)) })
  await expect(tellsWrites()).rejects.toThrow('no answer')
  isDown = false
  expect(await tellsWrites()).toBe(true)
})
