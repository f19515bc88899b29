import type { JsonValue } from '../core/json.ts'
import { isObject } from '../core/json.ts'
import type { TimelineKind } from '../core/timeline.ts'

/** How values are said in the viewer's language and zone. */
export interface Sayings {
  duration(ms: number): string
  clock(at: number): string
  list(items: string[]): string
  /** One of `common.scope`, by the key of a stored scope. */
  scope(level: 'cluster' | 'namespace' | 'workload', named: { namespace: string; name: string }): string
  yes: string
  no: string
  /** For what nobody measured. */
  nothing: string
}

/** Values of a check or of a timeline event as a sentence takes them; a name that the sentence has and nobody gave is `nothing`. */
export function sayValues(text: string, values: Readonly<Record<string, JsonValue>>, say: Sayings): Record<string, string> {
  return Object.fromEntries(argumentsOf(text).map((name) => [name, sayValue(name, values[name] ?? null, say)]))
}

/** `…Ms` is a duration, `…At` a time; a revision is its number, a workload its name. */
export function sayValue(name: string, value: JsonValue, say: Sayings): string {
  if (value === null) return say.nothing
  if (typeof value === 'boolean') return value ? say.yes : say.no
  if (typeof value === 'number') return sayNumber(name, value, say)
  if (typeof value === 'string') return name === 'scope' ? sayScope(value, say) : sayText(value)
  if (Array.isArray(value)) return value.length === 0 ? say.nothing : say.list(value.map((item) => sayValue(name, item, say)))
  if (isObject(value)) return sayValue(name, value['number'] ?? value['name'] ?? null, say)
  return say.nothing
}

function sayNumber(name: string, value: number, say: Sayings): string {
  if (name.endsWith('Ms')) return say.duration(value)
  return /At$|^(at|since|until)$/.test(name) ? say.clock(value) : String(value)
}

/** A stored workload key, `edgelink/Deployment/checkout`, is said as `edgelink/checkout`. */
function sayText(text: string): string {
  const [, namespace, name] = /^([^/]+)\/Deployment\/([^/]+)$/.exec(text) ?? []
  return namespace && name ? `${namespace}/${name}` : text
}

function sayScope(key: string, say: Sayings): string {
  const [level, namespace = '', , name = ''] = key.split('/')
  return level === 'cluster' || level === 'namespace' || level === 'workload' ? say.scope(level, { namespace, name }) : key
}

/** Names of the ICU arguments of a message. Braces alternate: those of an argument, and inside it those of its cases' texts. */
export function argumentsOf(text: string): string[] {
  const names = new Set<string>()
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '}') depth -= 1
    if (text[index] !== '{') continue
    if (depth % 2 === 0) names.add(/^\w+/.exec(text.slice(index + 1))?.[0] ?? '?')
    depth += 1
  }
  return [...names].sort()
}

/** The group of messages that the `reason` of an event is a code of; null: it is a person's or an alert's own words. */
export function reasonGroup(kind: TimelineKind): 'reasons' | 'outcomes' | 'health' | null {
  if (kind === 'decided') return 'reasons'
  if (kind === 'health_changed') return 'health'
  return OF_OUTCOME.has(kind) ? 'outcomes' : null
}

const OF_OUTCOME: ReadonlySet<TimelineKind> = new Set([
  'expired',
  'simulated',
  'succeeded',
  'unverified',
  'failed',
  'superseded',
  'aborted',
])
