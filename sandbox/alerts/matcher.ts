import type { Labels } from '../../lib/core/alert.ts'

/** As the API writes it. A label that is missing has the value ''. */
export interface AlertMatcher {
  name: string
  value: string
  isRegex: boolean
  isEqual: boolean
}

/** `auto_rollback="true"`, `service=~"a|b"`; quotes may be left out. */
export function parseMatcher(text: string): AlertMatcher {
  const [, name, operator = '', written = ''] = /^\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*(.*?)\s*$/s.exec(text) ?? []
  if (name === undefined) throw new Error(`bad matcher format: ${text}`)
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(written)?.[1]
  const value = quoted === undefined ? written : quoted.replaceAll(/\\(.)/gs, (_, sign) => (sign === 'n' ? '\n' : sign))
  return { name, value, isRegex: operator.endsWith('~'), isEqual: operator.startsWith('=') }
}

export function matchesAll(matchers: readonly AlertMatcher[], labels: Labels): boolean {
  return matchers.every(({ name, value, isRegex, isEqual }) => {
    const actual = labels[name] ?? ''
    return (isRegex ? new RegExp(`^(?:${value})$`).test(actual) : actual === value) === isEqual
  })
}

/** As Go's Alertmanager prints them in a group's key. */
export function printMatchers(matchers: readonly AlertMatcher[]): string {
  const printed = matchers.map(({ name, value, isRegex, isEqual }) => `${name}${operatorOf(isRegex, isEqual)}${JSON.stringify(value)}`)
  return `{${printed.join(',')}}`
}

function operatorOf(isRegex: boolean, isEqual: boolean): string {
  if (isRegex) return isEqual ? '=~' : '!~'
  return isEqual ? '=' : '!='
}
