import type { JsonValue } from '../core/json.ts'
import type { TemplateChange } from '../core/template-diff.ts'

/** One difference as a line that goes and a line that comes. */
export interface ChangeLine {
  path: string
  before: string | null
  after: string | null
  masked: boolean
}

/** `main image`, `main LEVEL`, `main resources.limits.memory`: where, without what is the same everywhere. */
export function changeLine({ path, container, kind, before, after, masked }: TemplateChange): ChangeLine {
  const within = container === null ? null : path.slice(path.indexOf(`[${container}].`) + container.length + 3)
  const variable = kind === 'env' ? (/^env\[(.*)\]$/.exec(within ?? '')?.[1] ?? within) : within
  const place = variable === null ? path.replace(/^(spec|metadata)\./, '') : `${container} ${variable}`
  return { path: place, before: asText(before), after: asText(after), masked }
}

function asText(value: JsonValue): string | null {
  if (value === null || typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
