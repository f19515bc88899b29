import { canonicalJson, isObject, type JsonObject, type JsonValue, objectAt } from './json.ts'

const POD_TEMPLATE_HASH = 'pod-template-hash'

/**
 * Annotations that change the template but not what runs: restarts and rotation stamps. A redeploy of a
 * condemned image under a new one of these must still be recognised.
 */
const VOLATILE = [
  /^kubectl\.kubernetes\.io\/restartedAt$/,
  /(^|[./-])(restarted|deployed|rolled-?out|updated|build|release)-?(at|time|timestamp|date)$/i,
  /^(timestamp|date|rollme)$/i,
]
/** Labels that name a build or a release rather than what runs. */
const VOLATILE_LABELS = [...VOLATILE, /^helm\.sh\/chart$/, /^app\.kubernetes\.io\/version$/, /(^|[./-])(commit|sha|build|revision)$/i]

/** The template without the label that the Deployment controller adds to a ReplicaSet's copy. */
export function withoutPodTemplateHash(template: JsonObject): JsonObject {
  const metadata = objectAt(template, 'metadata')
  const labels = objectAt(metadata, 'labels')
  if (!(POD_TEMPLATE_HASH in labels)) return template
  const { [POD_TEMPLATE_HASH]: _hash, ...kept } = labels
  return { ...template, metadata: { ...metadata, labels: kept } }
}

/** Text that is equal for two templates that kubectl's equalIgnoreHash calls equal. */
export function templateText(template: JsonObject): string {
  return canonicalJson(dropEmpty(withoutPodTemplateHash(template)))
}

/** Text that is equal for two templates that run the same thing. */
export function materialText(template: JsonObject): string {
  const plain = withoutPodTemplateHash(template)
  const metadata = objectAt(plain, 'metadata')
  return canonicalJson(
    dropEmpty({
      ...plain,
      metadata: {
        ...metadata,
        annotations: withoutMatching(objectAt(metadata, 'annotations'), VOLATILE),
        labels: withoutMatching(objectAt(metadata, 'labels'), VOLATILE_LABELS),
      },
    }),
  )
}

/** The images of a template, init containers last, in order. */
export function templateImages(template: JsonObject): string[] {
  const spec = objectAt(template, 'spec')
  return [spec['containers'], spec['initContainers']].flatMap((list) =>
    Array.isArray(list) ? list.flatMap((item) => (isObject(item) && typeof item['image'] === 'string' ? [item['image']] : [])) : [],
  )
}

function withoutMatching(map: JsonObject, patterns: readonly RegExp[]): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !patterns.some((pattern) => pattern.test(key))))
}

/** `creationTimestamp: null` and empty maps come and go between servers without meaning anything. */
function dropEmpty(template: JsonObject): JsonObject {
  const metadata = Object.fromEntries(Object.entries(objectAt(template, 'metadata')).filter(([, value]) => !isEmpty(value)))
  return { ...template, metadata }
}

function isEmpty(value: JsonValue): boolean {
  return value === null || (isObject(value) && Object.keys(value).length === 0)
}
