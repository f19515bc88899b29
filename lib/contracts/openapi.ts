import { z } from 'zod'
import type { JsonObject, JsonValue } from '../core/json.ts'
import type { Access, Operation } from './operation.ts'
import { PROBLEM_MEDIA_TYPE, problem } from './problem.ts'

const SECURITY_SCHEMES: JsonObject = {
  session: { type: 'apiKey', in: 'cookie', name: 'next-auth.session-token', description: 'The cookie of whoever is signed in' },
  apiToken: { type: 'http', scheme: 'bearer', description: 'An API token, made at /api/tokens' },
  webhookToken: { type: 'http', scheme: 'bearer', description: 'WEBHOOK_TOKEN' },
}

/** The OpenAPI 3.1 description, made from the contracts: it cannot say anything else than what the routes do. */
export function openapi(operations: readonly Operation[], version: string): JsonObject {
  const paths: Record<string, JsonObject> = {}
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Snapback', version, license: { name: 'Apache-2.0' } },
    paths,
    components: { securitySchemes: SECURITY_SCHEMES, schemas: { Problem: schemaOf(problem, 'output') } },
  }
}

function describe(operation: Operation): JsonObject {
  const { method, path, summary, access, body, status = 200 } = operation
  const parameters = [...parametersOf(operation.params, 'path'), ...parametersOf(operation.query, 'query')]
  return {
    operationId: operationId(method, path),
    summary,
    security: securityOf(access),
    ...(access === 'public' || access === 'webhook' ? {} : { 'x-role': access }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } } : {}),
    responses: {
      [status]: { description: 'Done', content: { [mediaTypeOf(operation)]: { schema: schemaOf(operation.reply, 'input') } } },
      default: { description: 'A problem', content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}

/** `GET /api/rollbacks/:id` → `getApiRollbacksById`: one name per operation, the same at every build. */
function operationId(method: string, path: string): string {
  const words = path.split('/').filter(Boolean)
  const named = words.map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word.replace(/\W.*/, ''))))
  return `${method.toLowerCase()}${named.join('')}`
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function securityOf(access: Access): JsonValue {
  if (access === 'public') return []
  return access === 'webhook' ? [{ webhookToken: [] }] : [{ session: [] }, { apiToken: [] }]
}

function mediaTypeOf({ kind, mediaType }: Operation): string {
  if (kind === 'stream') return 'text/event-stream'
  return kind === 'text' ? (mediaType ?? 'text/plain') : 'application/json'
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): JsonObject[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: JsonObject; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({ name, in: place, required: required.includes(name), schema: property }))
}

/** Of the wire's side: what a reply's schema takes in is what stands in the reply. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest as JsonObject
}
