import { canonicalJson, isObject, type JsonObject, type JsonValue, objectAt } from './json.ts'
import { holdsSecret, isSecretFlag, isSecretName, MASK } from './secret-text.ts'
import { shortenBoth } from './shorten.ts'
import { isVolatile, withoutPodTemplateHash } from './template-fingerprint.ts'

export type TemplateChangeKind = 'image' | 'env' | 'other'

/** One difference between two pod templates. */
export interface TemplateChange {
  /** Where, with list items by their name: `spec.containers[main].env[LEVEL]`. */
  path: string
  kind: TemplateChangeKind
  /** The container that it is in, init containers too; null elsewhere. */
  container: string | null
  /** Null: it was not there. */
  before: JsonValue
  /** Null: it is not there any more. */
  after: JsonValue
  /** It changed, and what it is looks like a secret: the values are `MASK`. */
  masked: boolean
  /** A stamp of a restart or a build: it changes the template and not what runs. */
  volatile: boolean
}

/** Lists whose items are known by one field, as the API server merges them. `name` elsewhere. */
const KEY_OF: Record<string, string> = { ports: 'containerPort', volumeMounts: 'mountPath', volumeDevices: 'devicePath', hostAliases: 'ip' }
/** Maps whose keys people or drivers choose: a key may say that its value is a secret. The API's own fields say `secretName` of a name. */
const FREE_MAPS: ReadonlySet<string> = new Set(['annotations', 'labels', 'matchLabels', 'nodeSelector', 'volumeAttributes', 'options'])
const CONTAINERS = /^spec\.(initContainers|containers|ephemeralContainers)$/

/**
 * What differs between two raw pod templates: images first, then the environment, then the rest, stamps last. Containers
 * and variables meet by name and not by place. Empty when kubectl would call them equal.
 */
export function diffTemplates(before: JsonObject, after: JsonObject): TemplateChange[] {
  const changes: TemplateChange[] = []
  compareMaps({ path: '', container: null, name: null, changes }, plain(before), plain(after))
  return changes.sort((a, b) => rank(a) - rank(b))
}

interface Place {
  path: string
  container: string | null
  /** What the value is called, in a map whose keys are free. */
  name: string | null
  changes: TemplateChange[]
}

function compare(place: Place, before: JsonValue, after: JsonValue): void {
  if (canonicalJson(before) === canonicalJson(after)) return
  const key = listKey(place.path, before, after)
  // A container that came or went is told by what is in it, so that its image stands among the images.
  const isWalked = isContainer(place) ? isObject(before ?? after) : isObject(before) && isObject(after)
  if (key !== null) compareLists(place, key, asList(before), asList(after))
  else if (isWalked) compareMaps(place, isObject(before) ? before : {}, isObject(after) ? after : {})
  else record(place, before, after)
}

function compareMaps(place: Place, before: JsonObject, after: JsonObject): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const path = /^metadata\.(annotations|labels)$/.test(place.path) ? `${place.path}[${name}]` : join(place.path, name)
    compare({ ...place, path, name: isFreeMap(place.path) ? name : null }, before[name] ?? null, after[name] ?? null)
  }
}

function compareLists(place: Place, key: string, before: JsonObject[], after: JsonObject[]): void {
  const names = (list: readonly JsonObject[]) => list.map((item) => String(item[key]))
  const find = (list: readonly JsonObject[], name: string) => list.find((item) => String(item[key]) === name) ?? null
  const was = names(before)
  const is = names(after)
  for (const name of new Set([...was, ...is])) {
    const container = CONTAINERS.test(place.path) ? name : place.container
    const inner = { ...place, path: `${place.path}[${name}]`, container, name: null }
    const [from, to] = [find(before, name), find(after, name)]
    if ([from, to].some(isPair)) comparePair(inner, from, to)
    else compare(inner, from, to)
  }
  const stayed = (list: readonly string[]) => list.filter((name) => was.includes(name) && is.includes(name))
  if (stayed(was).join() !== stayed(is).join()) record(place, was, is)
}

/** Of a variable or a header the value stands for it, or where it is read from: only with its name can one tell a secret. */
function comparePair(place: Place, before: JsonObject | null, after: JsonObject | null): void {
  if (canonicalJson(before) === canonicalJson(after)) return
  const isSecret = [before, after].some((one) => one !== null && isSecretPair(one))
  const shown = (one: JsonObject | null) => one && (isSecret && 'value' in one ? MASK : (one['value'] ?? one['valueFrom'] ?? ''))
  record(place, shown(before), shown(after), isSecret)
}

function isSecretPair({ name, value }: JsonObject): boolean {
  return typeof value === 'string' && value !== '' && ((typeof name === 'string' && isSecretName(name)) || holdsSecret(value))
}

function record(place: Place, before: JsonValue, after: JsonValue, isSecret = false): void {
  const kind = kindOf(place)
  const stamp = /^metadata\.(?:annotations|labels)\[(.*)\]$/.exec(place.path)?.[1] ?? null
  const shown = (value: JsonValue) => mask(value, place.name, isFreeMap(place.path))
  const [was, is] = [shown(before), shown(after)]
  const masked = isSecret || canonicalJson(was) !== canonicalJson(before) || canonicalJson(is) !== canonicalJson(after)
  const [shortWas, shortIs] = shortenBoth(was, is)
  place.changes.push({
    path: place.path,
    kind,
    container: place.container,
    before: shortWas,
    after: shortIs,
    masked,
    volatile: stamp !== null && isVolatile(stamp),
  })
}

/**
 * The value with everything in it that looks like a secret hidden. `name`: what the value is called, where that may tell; `isFree`: it is a
 * map whose keys may tell.
 */
function mask(value: JsonValue, name: string | null = null, isFree = false): JsonValue {
  if (typeof value === 'string') return value !== '' && (holdsSecret(value) || (name !== null && isSecretName(name))) ? MASK : value
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const flag = value[index - 1]
      return typeof item === 'string' && typeof flag === 'string' && isSecretFlag(flag) ? MASK : mask(item)
    })
  }
  if (!isObject(value)) return value
  // Variables and headers are pairs of name and value: the name tells.
  const shown = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mask(item, isFree ? key : null, FREE_MAPS.has(key))]))
  return isSecretPair(value) ? { ...shown, value: MASK } : shown
}

/** By which field the items of both lists meet; null: it is no such list, or the field does not tell them apart. */
function listKey(path: string, before: JsonValue, after: JsonValue): string | null {
  const lists = [before, after].filter((value) => value !== null)
  if (lists.length === 0 || !lists.every((value) => Array.isArray(value) && value.every(isObject))) return null
  const key = KEY_OF[path.slice(path.lastIndexOf('.') + 1)] ?? 'name'
  const isTold = lists.every((list) => {
    const names = asList(list).map((item) => item[key])
    return names.every((name) => typeof name === 'string' || typeof name === 'number') && new Set(names).size === names.length
  })
  return isTold ? key : null
}

function asList(value: JsonValue): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function kindOf({ path, container }: Place): TemplateChangeKind {
  if (container === null) return 'other'
  const within = path.slice(path.indexOf(`[${container}].`) + container.length + 3)
  if (within === 'image') return 'image'
  return within === 'envFrom' || within === 'env' || within.startsWith('env[') ? 'env' : 'other'
}

function isContainer({ path, container }: Place): boolean {
  return container !== null && path.endsWith(`ontainers[${container}]`)
}

function isFreeMap(path: string): boolean {
  return FREE_MAPS.has(path.slice(path.lastIndexOf('.') + 1))
}

function isPair(item: JsonObject | null): boolean {
  return item !== null && ('value' in item || 'valueFrom' in item)
}

function rank({ kind, volatile }: TemplateChange): number {
  return volatile ? 3 : ['image', 'env', 'other'].indexOf(kind)
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** Without what comes and goes between servers: the controller's label, `creationTimestamp: null`, empty maps. */
function plain(template: JsonObject): JsonObject {
  const bare = withoutPodTemplateHash(template)
  const metadata = objectAt(bare, 'metadata')
  return { ...bare, metadata: { ...metadata, labels: objectAt(metadata, 'labels'), annotations: objectAt(metadata, 'annotations') } }
}
