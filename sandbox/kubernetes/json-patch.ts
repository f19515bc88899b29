import { isDeepStrictEqual } from 'node:util'
import { isObject, type JsonValue } from '../../lib/core/json.ts'
import { badRequest, patchFailed } from './api-error.ts'

/**
 * Applies a JSON Patch (RFC 6902) to a copy. As in the library that the API server uses, `test` for null holds where there is
 * nothing. Throws the server's 422 when a step cannot be taken, 400 when it is no patch.
 */
export function applyJsonPatch(document: JsonValue, patch: JsonValue): JsonValue {
  if (!Array.isArray(patch)) throw badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch')
  const root = { document: structuredClone(document) }
  for (const step of patch) takeStep(root, step)
  return root.document
}

function takeStep(root: { document: JsonValue }, step: JsonValue): void {
  if (!isObject(step) || typeof step['path'] !== 'string') throw patchFailed()
  const { op, path, value = null } = step
  const { parent, key } = locate(root, path)
  const isThere = has(parent, key)
  if (op === 'test') {
    const found = isThere ? read(parent, key) : null
    if (!isDeepStrictEqual(found, value)) throw patchFailed()
  } else if (op === 'add') {
    if (Array.isArray(parent)) parent.splice(insertAt(parent, key), 0, structuredClone(value))
    else parent[key] = structuredClone(value)
  } else if (op === 'replace' && isThere) {
    write(parent, key, structuredClone(value))
  } else if (op === 'remove' && isThere) {
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else delete parent[key]
  } else {
    throw patchFailed()
  }
}

type Parent = JsonValue[] | { [key: string]: JsonValue }

/** Where a pointer (RFC 6901) leads: what holds it, and under which key. */
function locate(root: { document: JsonValue }, path: string): { parent: Parent; key: string } {
  const keys = path.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (keys.shift() !== '') throw patchFailed()
  const key = keys.pop()
  if (key === undefined) return { parent: root, key: 'document' }
  let parent = root.document
  for (const one of keys) {
    if (!isParent(parent) || !has(parent, one)) throw patchFailed()
    parent = read(parent, one)
  }
  if (!isParent(parent)) throw patchFailed()
  return { parent, key }
}

function isParent(value: JsonValue): value is Parent {
  return typeof value === 'object' && value !== null
}

function has(parent: Parent, key: string): boolean {
  return Array.isArray(parent) ? /^\d+$/.test(key) && Number(key) < parent.length : Object.hasOwn(parent, key)
}

function read(parent: Parent, key: string): JsonValue {
  return (Array.isArray(parent) ? parent[Number(key)] : parent[key]) ?? null
}

function write(parent: Parent, key: string, value: JsonValue): void {
  if (Array.isArray(parent)) parent[Number(key)] = value
  else parent[key] = value
}

function insertAt(list: JsonValue[], key: string): number {
  if (key === '-') return list.length
  if (!/^\d+$/.test(key) || Number(key) > list.length) throw patchFailed()
  return Number(key)
}
