import { globSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Operation } from '../contracts/operation.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** next-auth's: it has a CSRF token of its own. The only route that define-route does not make. */
const SIGN_IN_ROUTE = 'app/api/auth/[...nextauth]/route.ts'
/** What answers where there is no route. */
const NO_ROUTE = 'app/api/[[...path]]/route.ts'

export interface RouteMethod {
  file: string
  method: string
  /** As in an operation: `/api/rollbacks/:id`. */
  path: string
  handler: ((request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>) & {
    operation?: Operation
    refuses?: true
  }
}

/** Every method that a route has, from the files. */
export async function routeMethods(): Promise<RouteMethod[]> {
  return (await exportedMethods()).filter(({ handler }) => !handler.refuses)
}

/** And those that it answers only to say that it has them not. */
export async function exportedMethods(): Promise<RouteMethod[]> {
  const files = globSync('app/**/route.{ts,tsx,js}', { cwd: ROOT }).sort()
  const perFile = files.filter((file) => file !== SIGN_IN_ROUTE && file !== NO_ROUTE).map((file) => methodsOf(file))
  return (await Promise.all(perFile)).flat()
}

async function methodsOf(file: string): Promise<RouteMethod[]> {
  // The name is put together here because nothing beside Next may import a route.
  const module: Record<string, RouteMethod['handler']> = await import(pathToFileURL(`${ROOT}${file}`).href)
  const path = file
    .replace(/^app/, '')
    .replace(/\/route\.\w+$/, '')
    .replaceAll(/\[(\w+)\]/g, ':$1')
  return METHODS.flatMap((method) => (module[method] ? [{ file, method, path, handler: module[method] }] : []))
}

const SAMPLE_PARAMS: Record<string, string> = { namespace: 'edgelink', kind: 'Deployment', name: 'checkout' }

/** Parameters that parse and name nothing that is there. */
export function sampleParams(path: string): Record<string, string> {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name as string)
  return Object.fromEntries(names.map((name) => [name, SAMPLE_PARAMS[name] ?? '01234567-89ab-7def-8123-456789abcdef']))
}

export function samplePath(path: string): string {
  const params = sampleParams(path)
  return path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '')
}
