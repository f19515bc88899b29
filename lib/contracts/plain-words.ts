import type { z } from 'zod'

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const FORMATS: Record<string, string> = {
  email: 'an e-mail address',
  url: 'an address',
  uuid: 'a UUID',
  datetime: 'an instant in ISO 8601',
  safeint: 'a whole number',
}

/** What is wrong with a field, for a person, where its schema does not say it itself. To be given to every parse. */
export function plainWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${KINDS[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return issue.input === undefined ? 'is missing' : `must be ${listed(issue.values)}`
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? 'of another form'}`
    case 'too_small':
      return `must ${sized(issue.origin, 'at least', issue.minimum)}`
    case 'too_big':
      return `must ${sized(issue.origin, 'at most', issue.maximum)}`
    case 'unrecognized_keys':
      return 'is not known here'
    case 'invalid_union':
      return Array.isArray(issue.options) ? `must be ${listed(issue.options)}` : 'is none of the forms that are known'
    default:
      return 'is not valid'
  }
}

function sized(origin: string, bound: string, size: number | bigint): string {
  if (origin === 'string') return `have ${bound} ${size} characters`
  return origin === 'array' || origin === 'set' || origin === 'map' ? `have ${bound} ${size} entries` : `be ${bound} ${size}`
}

function listed(values: readonly unknown[]): string {
  const shown = values.map((value) => (typeof value === 'string' ? `"${value}"` : String(value)))
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}` : (shown[0] ?? 'something else')
}
