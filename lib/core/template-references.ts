import { isObject, type JsonValue } from './json.ts'

/** ConfigMaps and Secrets that a pod template reads, by name. An undo brings back which ones, never what they held. */
export interface TemplateReferences {
  configMaps: string[]
  secrets: string[]
}

/** Where a template names one: volumes, projected volumes, `envFrom`, `valueFrom`, image pull secrets are left out. */
const REFERENCES: Record<string, { kind: keyof TemplateReferences; name: string }> = {
  configMap: { kind: 'configMaps', name: 'name' },
  configMapRef: { kind: 'configMaps', name: 'name' },
  configMapKeyRef: { kind: 'configMaps', name: 'name' },
  secretRef: { kind: 'secrets', name: 'name' },
  secretKeyRef: { kind: 'secrets', name: 'name' },
}

/** Every ConfigMap and Secret that the containers of a raw template read, each once, sorted. */
export function templateReferences(template: JsonValue): TemplateReferences {
  const found = { configMaps: new Set<string>(), secrets: new Set<string>() }
  collect(template, found)
  return { configMaps: [...found.configMaps].sort(), secrets: [...found.secrets].sort() }
}

function collect(value: JsonValue, found: Record<keyof TemplateReferences, Set<string>>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found)
  if (!isObject(value)) return
  for (const [key, item] of Object.entries(value)) {
    const reference = REFERENCES[key]
    if (reference && isObject(item) && typeof item[reference.name] === 'string') found[reference.kind].add(item[reference.name] as string)
    // A volume names it `secretName`, a projected one `name`.
    else if (key === 'secret' && isObject(item)) {
      const name = item['secretName'] ?? item['name']
      if (typeof name === 'string') found.secrets.add(name)
    } else collect(item, found)
  }
}
