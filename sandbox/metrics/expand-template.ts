import type { Labels } from '../../lib/core/alert.ts'

/** A label or annotation of a rule, with the labels and the value of the series in it; other templates are not known here. */
export function expandTemplate(text: string, { labels, value }: { labels: Labels; value: number }): string {
  return text.replaceAll(/\{\{-?\s*(.*?)\s*-?\}\}/gs, (_, action: string) => {
    const name = /^\$labels\.(\w+)$/.exec(action)?.[1]
    if (name !== undefined) return labels[name] ?? ''
    if (action === '$value') return String(value)
    if (/^\$value \| humanizePercentage$/.test(action)) return `${Number((value * 100).toPrecision(4))}%`
    return `<error expanding template: ${action} is not supported by the sandbox>`
  })
}
