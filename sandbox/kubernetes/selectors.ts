import { badRequest, notImplemented } from './api-error.ts'
import type { KubeObject, Labels } from './objects.ts'

/** Whether an object is selected by the query's labelSelector and fieldSelector, as far as the sandbox knows them. */
export function selects(query: URLSearchParams): (object: KubeObject) => boolean {
  const labels = requirements(query.get('labelSelector'))
  const fields = requirements(query.get('fieldSelector'))
  const unknown = fields.find(([path]) => !FIELDS.test(path))
  if (unknown) throw badRequest(`"${unknown[0]}" is not a known field selector: only "metadata.name", "metadata.namespace"`)
  return (object) =>
    labels.every(([key, value]) => (object.metadata.labels as Labels | undefined)?.[key] === value) &&
    fields.every(([path, value]) => fieldAt(object, path) === value)
}

const FIELDS = /^(metadata\.(name|namespace)|involvedObject\.(kind|name|namespace|uid)|type|reason)$/

/** `key=value` and `key==value`, joined by commas. */
function requirements(selector: string | null): [string, string][] {
  if (selector === null || selector === '') return []
  return selector.split(',').map((part) => {
    const [, key, value] = /^([^=!\s]+)==?([^=]*)$/.exec(part) ?? []
    if (key === undefined || value === undefined) throw notImplemented(`the selector ${part}`)
    return [key, value]
  })
}

function fieldAt(object: KubeObject, path: string): unknown {
  return path.split('.').reduce<unknown>((here, key) => (here as Record<string, unknown> | undefined)?.[key], object)
}
