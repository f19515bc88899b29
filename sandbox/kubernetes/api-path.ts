import { RESOURCES, type Resource } from './objects.ts'

/** What a path below the server's address names. */
export interface ApiPath {
  resource: Resource
  /** Null: of the whole cluster. */
  namespace: string | null
  /** Null: the collection. */
  name: string | null
  subresource: string | null
}

const SHAPE =
  /^\/(?:api\/(?<core>v1)|apis\/(?<group>apps)\/v1)(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<resource>[^/]+)(?:\/(?<name>[^/]+))?(?:\/(?<sub>[^/]+))?$/

/** Null: the sandbox has no such thing. */
export function parseApiPath(path: string): ApiPath | null {
  const single = /^\/api\/v1\/namespaces\/([^/]+)$/.exec(path)?.[1]
  if (single !== undefined) return { resource: 'namespaces', namespace: null, name: decodeURIComponent(single), subresource: null }
  const found = SHAPE.exec(path)?.groups
  if (!found) return null
  const { group = '', resource = '', namespace, name, sub } = found
  if (!isResource(resource) || RESOURCES[resource].group !== group) return null
  if (RESOURCES[resource].isNamespaced ? name !== undefined && namespace === undefined : namespace !== undefined) return null
  return { resource, namespace: decoded(namespace), name: decoded(name), subresource: decoded(sub) }
}

function isResource(name: string): name is Resource {
  return Object.hasOwn(RESOURCES, name)
}

function decoded(part: string | undefined): string | null {
  return part === undefined ? null : decodeURIComponent(part)
}
