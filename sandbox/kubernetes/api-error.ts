import type { JsonObject } from '../../lib/core/json.ts'
import { RESOURCES, type Resource } from './objects.ts'

/** One field that the server does not take. */
export interface Cause {
  reason: 'FieldValueInvalid' | 'FieldValueRequired' | 'FieldValueNotSupported'
  message: string
  field: string
}

/** A refusal, answered as the Status that a real API server (1.20) gives: each was compared with one. */
export class ApiError extends Error {
  readonly status: JsonObject

  constructor(code: number, message: string, more: { reason?: string; details?: JsonObject } = {}) {
    super(message)
    this.status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, ...more, code }
  }

  get code(): number {
    return Number(this.status['code'])
  }
}

export function notFound(resource: Resource, name: string): ApiError {
  return new ApiError(404, `${qualified(resource)} "${name}" not found`, { reason: 'NotFound', details: details(resource, name) })
}

export function alreadyExists(resource: Resource, name: string): ApiError {
  return new ApiError(409, `${qualified(resource)} "${name}" already exists`, { reason: 'AlreadyExists', details: details(resource, name) })
}

/** @param why the server's words after the colon */
export function conflict(resource: Resource, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`
  return new ApiError(409, message, { reason: 'Conflict', details: details(resource, name) })
}

export const MODIFIED = 'the object has been modified; please apply your changes to the latest version and try again'

export function badRequest(message: string): ApiError {
  return new ApiError(400, message, { reason: 'BadRequest' })
}

export function unauthorized(): ApiError {
  return new ApiError(401, 'Unauthorized', { reason: 'Unauthorized' })
}

export function tooLarge(): ApiError {
  return new ApiError(413, 'Request entity too large: limit is 3145728', { reason: 'RequestEntityTooLarge' })
}

export function expired(version: number, oldest: number): ApiError {
  return new ApiError(410, `too old resource version: ${version} (${oldest})`, { reason: 'Expired' })
}

export function unsupportedMediaType(): ApiError {
  return new ApiError(415, '415: Unsupported Media Type', { reason: 'UnsupportedMediaType', details: {} })
}

/** A step of a JSON Patch that cannot be taken, a `test` that fails among them: the server says no more than this. */
export function patchFailed(): ApiError {
  return new ApiError(422, 'the server rejected our request due to an error in our request', { reason: 'Invalid', details: {} })
}

export function invalid(resource: Resource, name: string, causes: readonly Cause[]): ApiError {
  const { group, kind } = RESOURCES[resource]
  const texts = causes.map(({ field, message }) => `${field}: ${message}`)
  const what = `${group === '' ? kind : `${kind}.${group}`} "${name}"`
  return new ApiError(422, `${what} is invalid: ${texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`}`, {
    reason: 'Invalid',
    details: { ...(name !== '' && { name }), ...(group !== '' && { group }), kind, causes: causes.map((cause) => ({ ...cause })) },
  })
}

/** An API group that the server does not have. A real one answers with plain text. */
export function noSuchGroup(): ApiError {
  return new ApiError(404, 'the server could not find the requested resource', { reason: 'NotFound', details: {} })
}

/** What a real server serves and the sandbox does not. */
export function notImplemented(what: string): ApiError {
  return new ApiError(501, `the sandbox does not serve ${what}`, { reason: 'NotImplemented' })
}

function qualified(resource: Resource): string {
  const { group } = RESOURCES[resource]
  return group === '' ? resource : `${resource}.${group}`
}

function details(resource: Resource, name: string): JsonObject {
  const { group } = RESOURCES[resource]
  return { name, ...(group !== '' && { group }), kind: resource }
}
