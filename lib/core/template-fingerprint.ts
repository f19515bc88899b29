import { canonicalJson, isObject, type JsonObject, type JsonValue, objectAt } from './json.ts'

const POD_TEMPLATE_HASH = 'pod-template-hash'

/**
 * Annotations and labels that change the template but not what runs: stamps of a restart, names of a build. A
 * redeploy of a condemned image under a new one of these must still be recognised. Everything else is
 * material, checksums of configuration too (docs/decisions/2026-11-24-material-fingerprint.md).
 */
const VOLATILE = [
  // kubectl.kubernetes.io/restartedAt, deployed-at, build_date, keel.sh/update-time
  /(^|[./_-])(re)?(start|started|deploy|deployed|deployment|rollout|rolled-?out|updated?|built|build|released?)[-_]?(at|time|timestamp|date)$/i,
  /(^|\/)(timestamp|date|rollme|redeploy|force-?(restart|redeploy|rollout|update))$/i,
  // commit, git-sha, org.opencontainers.image.revision; not config-sha and not config-revision
  /(^|[./_])((git|vcs|source|ci|app|image|release)[-_.]?)?(commit|sha|revision|build)([-_]?(sha|hash|id|number))?$/i,
  /(^|[./_-])(pipeline|workflow|job|run)[-_]?(id|iid|number)$/i,
  /^(kubernetes\.io\/change-cause|helm\.sh\/chart|app\.kubernetes\.io\/version)$/,
]

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
        annotations: withoutVolatile(objectAt(metadata, 'annotations')),
        labels: withoutVolatile(objectAt(metadata, 'labels')),
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

/** Whether an annotation or label of this name changes the template but not what runs. */
export function isVolatile(key: string): boolean {
  return VOLATILE.some((pattern) => pattern.test(key))
}

function withoutVolatile(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !isVolatile(key)))
}

/** `creationTimestamp: null` and empty maps come and go between servers without meaning anything. */
function dropEmpty(template: JsonObject): JsonObject {
  const metadata = Object.fromEntries(Object.entries(objectAt(template, 'metadata')).filter(([, value]) => !isEmpty(value)))
  return { ...template, metadata }
}

function isEmpty(value: JsonValue): boolean {
  return value === null || (isObject(value) && Object.keys(value).length === 0)
}
