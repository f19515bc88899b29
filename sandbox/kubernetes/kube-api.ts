import { timingSafeEqual } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonObject, JsonValue } from '../../lib/core/json.ts'
import type { World } from '../world.ts'
import { ApiError, badRequest, noSuchGroup, notFound, notImplemented, tooLarge, unauthorized, unsupportedMediaType } from './api-error.ts'
import { type ApiPath, parseApiPath } from './api-path.ts'
import { applyJsonPatch } from './json-patch.ts'
import { listObjects } from './list-objects.ts'
import { mergePatch } from './merge-patch.ts'
import { RESOURCES } from './objects.ts'
import { podLog } from './pod-log.ts'
import { streamWatch } from './watch-stream.ts'
import { createObject, deleteObject, updateObject, type WriteOptions } from './write-object.ts'

/** As the API server's own limit. */
const LONGEST_BODY = 3 * 1024 * 1024
const VERSION = { major: '1', minor: '20', gitVersion: 'v1.20.2-sandbox', platform: 'linux/amd64' }

export interface KubeApi {
  /** `http://127.0.0.1:16443` */
  url: string
  stop(): Promise<void>
}

/**
 * Serves the world as an API server would, over plain HTTP on this machine only: list, get, watch, logs, and writes. What it does
 * not know is a 501. @param port 0: any free one
 */
export async function serveKubeApi(world: World, { port, token }: { port: number; token: string }): Promise<KubeApi> {
  const server = http.createServer((request, response) => {
    answer(world, token, request, response).catch((error: unknown) => refuse(response, error))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(world: World, token: string, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  if (!isKnown(request.headers.authorization, token)) throw unauthorized()
  const url = new URL(request.url ?? '/', 'http://sandbox')
  const method = request.method ?? 'GET'
  if (method === 'GET' && url.pathname === '/version') return send(response, 200, VERSION)
  const path = parseApiPath(url.pathname)
  if (path === null && isCustomGroup(url.pathname)) throw noSuchGroup()
  if (path === null) throw notImplemented(`${method} ${url.pathname}`)
  if (path.subresource !== null) return answerLog(world, method, path, url, response)
  if (method === 'GET') {
    if (path.name === null && url.searchParams.get('watch') === 'true') return watch(world, path, url.searchParams, response)
    const found = read(world, path, url.searchParams)
    return send(response, 200, wantsMetadata(path, request) ? metadataOf(found) : found)
  }
  const [status, body] = write(world, { method, path, url, request, body: await readBody(request) })
  send(response, status, body)
}

/** Groups of custom resources have a dot, and Kubernetes' own end in `.k8s.io`: the sandbox has no definitions, as a fresh cluster. */
function isCustomGroup(pathname: string): boolean {
  const group = /^\/apis\/([^/]+)/.exec(pathname)?.[1] ?? ''
  return group.includes('.') && !group.endsWith('.k8s.io')
}

function read({ store }: World, path: ApiPath, query: URLSearchParams): JsonObject {
  if (path.name === null) return listObjects(store, path, query)
  const found = store.get(path.resource, path.namespace, path.name)
  if (found === null) throw notFound(path.resource, path.name)
  return found as unknown as JsonObject
}

/** As a list it is not served: nothing here asks for one. */
function wantsMetadata({ name }: ApiPath, { headers }: http.IncomingMessage): boolean {
  if (!headers.accept?.includes(';as=PartialObjectMetadata')) return false
  if (name === null) throw notImplemented('metadata of a list')
  return true
}

/** The whole of it, annotations and managers too, as the API server gives it. */
function metadataOf(object: JsonObject): JsonObject {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object['metadata'] ?? {} }
}

function watch({ store }: World, path: ApiPath, query: URLSearchParams, response: http.ServerResponse): void {
  if (query.has('labelSelector') || query.has('fieldSelector')) throw notImplemented('a watch with a selector')
  streamWatch(store, path, query, response)
}

interface Write {
  method: string
  path: ApiPath
  url: URL
  request: http.IncomingMessage
  body: string
}

function write({ store }: World, { method, path, url, request, body }: Write): [number, unknown] {
  const dryRun = url.searchParams.get('dryRun')
  const options: WriteOptions = { manager: managerOf(url, request), isDryRun: dryRun === 'All' }
  if (dryRun !== null && (dryRun !== 'All' || method === 'POST' || method === 'DELETE'))
    throw notImplemented(`${method} with dryRun=${dryRun}`)
  if (method === 'POST' && path.name === null) return [201, createObject(store, path, parse(body), options)]
  if (method === 'PUT' && path.name !== null) return [200, updateObject(store, path, () => parse(body), options)]
  if (method === 'PATCH' && path.name !== null) return [200, updateObject(store, path, patchOf(request, body), options)]
  if (method === 'DELETE' && path.name !== null) return [200, deleted(path, deleteObject(store, path).metadata.uid)]
  throw notImplemented(`${method} ${url.pathname}`)
}

function patchOf(request: http.IncomingMessage, body: string): (current: JsonObject) => JsonValue {
  const type = request.headers['content-type']?.split(';')[0]
  if (type === 'application/json-patch+json') return (current) => applyJsonPatch(current, parse(body))
  if (type === 'application/merge-patch+json') return (current) => mergePatch(current, parse(body))
  throw unsupportedMediaType()
}

function deleted({ resource, name }: ApiPath, uid: string): JsonObject {
  const { group } = RESOURCES[resource]
  const details = { name, ...(group !== '' && { group }), kind: resource, uid }
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
}

function answerLog({ store, timing }: World, method: string, path: ApiPath, url: URL, response: http.ServerResponse): void {
  const { resource, namespace, name, subresource } = path
  if (method !== 'GET' || resource !== 'pods' || subresource !== 'log') throw notImplemented(`${method} ${url.pathname}`)
  const pod = store.get('pods', namespace, name ?? '')
  if (pod === null) throw notFound('pods', name ?? '')
  const query = url.searchParams
  const tailLines = Number(query.get('tailLines')) || Number.POSITIVE_INFINITY
  const asked = { container: query.get('container'), previous: query.get('previous') === 'true', tailLines }
  const text = podLog(pod, asked, { timing, now: store.clock.now() })
  const limit = Number(query.get('limitBytes')) || text.length
  response.writeHead(200, { 'content-type': 'text/plain' }).end(text.slice(0, limit))
}

/** `fieldManager`, else the first word of the client's name, as the API server does. */
function managerOf(url: URL, request: http.IncomingMessage): string {
  return url.searchParams.get('fieldManager') ?? request.headers['user-agent']?.split('/')[0] ?? 'unknown'
}

function isKnown(authorization: string | undefined, token: string): boolean {
  const given = Buffer.from(authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

async function readBody(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > LONGEST_BODY) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function parse(body: string): JsonValue {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw badRequest(`the body is no JSON: ${error instanceof Error ? error.message : ''}`)
  }
}

function send(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function refuse(response: http.ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const told = error instanceof ApiError ? error : new ApiError(500, `Internal error occurred: ${error}`, { reason: 'InternalError' })
  send(response, told.code, told.status)
}
