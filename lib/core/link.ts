/** Only http and https become links: an alert's annotation may say anything. Null: it is no such address. */
export function httpUrl(text: string | null | undefined): string | null {
  try {
    const url = new URL((text ?? '').trim())
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
  } catch {
    return null
  }
}

/** Where to read on about an alert. Each null unless the alert says so with an http or https address. */
export interface AlertLinks {
  /** The expression's graph. */
  graph: string | null
  /** The rule among Prometheus' alerts. */
  rule: string | null
  runbook: string | null
  dashboard: string | null
}

export function alertLinks(alert: {
  generatorUrl: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
}): AlertLinks {
  const graph = httpUrl(alert.generatorUrl)
  return {
    graph,
    rule: graph && rulePage(graph, alert.labels['alertname'] ?? ''),
    runbook: httpUrl(alert.annotations['runbook_url']),
    dashboard: httpUrl(alert.annotations['dashboard_url'] ?? alert.annotations['dashboard']),
  }
}

/** Prometheus' generator address ends in `/graph` (2.x) or `/query` (3.x); its alerts stand beside it. */
function rulePage(graph: string, name: string): string | null {
  const url = new URL(graph)
  if (!/\/(graph|query)$/.test(url.pathname)) return null
  url.pathname = url.pathname.replace(/\/(graph|query)$/, '/alerts')
  url.search = new URLSearchParams({ search: name }).toString()
  url.hash = ''
  return url.href
}
