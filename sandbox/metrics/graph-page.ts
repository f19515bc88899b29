import type { Instant } from '../../lib/core/json.ts'
import { numberText } from './exposition.ts'
import type { SandboxPrometheus } from './prometheus.ts'
import { evaluate, parse } from './promql/evaluate.ts'
import { PromqlError, type VectorSample } from './promql/value.ts'

const STYLE = `:root { color-scheme: light dark } body { font: 14px/1.5 system-ui, sans-serif; margin: 24px; max-width: 1000px }
code { font-family: ui-monospace, monospace } td { padding: 4px 16px 4px 0; vertical-align: top; overflow-wrap: anywhere }`

/** Where an alert's link leads: its expression and what it is now. A real Prometheus draws it, too. */
export function graphPage({ store }: SandboxPrometheus, expression: string, at: Instant): string {
  const rows = answer(() => {
    const value = evaluate(parse(expression), { store, at })
    if (value.kind === 'scalar') return [{ labels: {}, value: value.value }]
    return value.kind === 'vector' ? value.samples : []
  })
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Prometheus of the sandbox</title><style>${STYLE}</style>
<h1>Prometheus of the sandbox</h1><p><code>${escaped(expression)}</code></p><table>${rows}</table></html>`
}

function answer(ask: () => VectorSample[]): string {
  try {
    const samples = ask()
    if (samples.length === 0) return '<tr><td>It finds nothing now.</td></tr>'
    return samples
      .map(({ labels, value }) => `<tr><td><code>${escaped(JSON.stringify(labels))}</code></td><td>${numberText(value)}</td></tr>`)
      .join('')
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error
    return `<tr><td>${escaped(error.message)}</td></tr>`
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
