import { isDeepStrictEqual } from 'node:util'
import { isObject, type JsonObject, type JsonValue, objectAt } from '../../lib/core/json.ts'
import type { Cause } from './api-error.ts'
import type { Resource } from './objects.ts'

/** What the API server would object to, in its order and words. @param before null: it is made now */
export function objectionsTo(resource: Resource, object: JsonObject, before: JsonObject | null): Cause[] {
  const metadata = objectAt(object, 'metadata')
  const causes: Cause[] = metadata['name'] ? [] : [required('metadata.name', 'Required value: name or generateName is required')]
  const uid = metadata['uid']
  if (before && uid !== objectAt(before, 'metadata')['uid']) causes.push(invalid('metadata.uid', `${quoted(uid)}: field is immutable`))
  if (resource === 'pods') return [...causes, ...containersOf(objectAt(object, 'spec'), 'spec')]
  if (resource !== 'deployments' && resource !== 'replicasets') return causes
  const spec = objectAt(object, 'spec')
  causes.push(...countsOf(spec, ['replicas', 'minReadySeconds']))
  causes.push(...templateOf(spec))
  causes.push(...countsOf(spec, ['revisionHistoryLimit', 'progressDeadlineSeconds']))
  causes.push(...strategyOf(objectAt(spec, 'strategy')))
  const selector = spec['selector']
  if (before && !isDeepStrictEqual(selector, objectAt(before, 'spec')['selector'])) {
    causes.push(invalid('spec.selector', `${goSelector(objectAt(spec, 'selector'))}: field is immutable`))
  }
  return causes
}

function countsOf(spec: JsonObject, names: readonly string[]): Cause[] {
  return names.flatMap((name) => {
    const count = spec[name] ?? 0
    if (typeof count !== 'number' || !Number.isInteger(count)) return [invalid(`spec.${name}`, `${quoted(count)}: must be an integer`)]
    return count < 0 ? [invalid(`spec.${name}`, `${count}: must be greater than or equal to 0`)] : []
  })
}

/** A rollout that may neither add a pod nor take one away would stand still. */
function strategyOf(strategy: JsonObject): Cause[] {
  const { maxSurge, maxUnavailable } = objectAt(strategy, 'rollingUpdate')
  const isZero = (value: JsonValue | undefined) => value === 0 || value === '0%'
  if (!isZero(maxSurge) || !isZero(maxUnavailable)) return []
  const message = `${goIntOrString(maxUnavailable)}: may not be 0 when \`maxSurge\` is 0`
  return [invalid('spec.strategy.rollingUpdate.maxUnavailable', message)]
}

function templateOf(spec: JsonObject): Cause[] {
  const template = objectAt(spec, 'template')
  const labels = objectAt(template, 'metadata')['labels']
  const wanted = objectAt(objectAt(spec, 'selector'), 'matchLabels')
  const causes: Cause[] = isObject(spec['selector']) ? [] : [required('spec.selector')]
  const isMatched = Object.entries(wanted).every(([key, value]) => isObject(labels) && labels[key] === value)
  if (!isMatched || Object.keys(wanted).length === 0) {
    causes.push(invalid('spec.template.metadata.labels', `${goMap(labels)}: \`selector\` does not match template \`labels\``))
  }
  return [...causes, ...containersOf(objectAt(template, 'spec'), 'spec.template.spec')]
}

function containersOf(spec: JsonObject, path: string): Cause[] {
  const containers = Array.isArray(spec['containers']) ? spec['containers'].filter(isObject) : []
  if (containers.length === 0) return [required(`${path}.containers`)]
  return containers.flatMap((one, index) => [
    ...(one['name'] ? [] : [required(`${path}.containers[${index}].name`)]),
    ...(one['image'] ? [] : [required(`${path}.containers[${index}].image`)]),
  ])
}

function required(field: string, message = 'Required value'): Cause {
  return { reason: 'FieldValueRequired', message, field }
}

function invalid(field: string, message: string): Cause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${message}`, field }
}

/** As Go prints a `map[string]string`. */
function goMap(value: JsonValue | undefined): string {
  if (!isObject(value)) return 'map[string]string(nil)'
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(value[key])}`)
  return `map[string]string{${entries.join(', ')}}`
}

function goIntOrString(value: JsonValue | undefined): string {
  const [type, number, text] = typeof value === 'number' ? [0, value, ''] : [1, 0, value ?? '']
  return `intstr.IntOrString{Type:${type}, IntVal:${number}, StrVal:${JSON.stringify(text)}}`
}

function goSelector(selector: JsonObject): string {
  return `v1.LabelSelector{MatchLabels:${goMap(selector['matchLabels'])}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}`
}

function quoted(value: JsonValue | undefined): string {
  return JSON.stringify(value ?? '')
}
