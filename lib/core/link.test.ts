import { expect, test } from 'vitest'
import { alertLinks, httpUrl } from './link.ts'

test.each([
  ['https://wiki.example/runbook', 'https://wiki.example/runbook'],
  [' http://prometheus:9090/graph ', 'http://prometheus:9090/graph'],
  ['javascript:alert(1)', null],
  ['data:text/html,<script>', null],
  ['//wiki.example/x', null],
  ['see the wiki', null],
  ['', null],
  [undefined, null],
])('of %s the link is %s', (text, link) => {
  expect(httpUrl(text)).toBe(link)
})

const LABELS = { alertname: 'High errors & more' }

test.each([
  ['http://prometheus:9090/graph?g0.expr=up&g0.tab=1', 'http://prometheus:9090/alerts?search=High+errors+%26+more'],
  ['https://tools.example/prom/query?g0.expr=up', 'https://tools.example/prom/alerts?search=High+errors+%26+more'],
  ['https://grafana.example/alerting/abc', null],
  ['javascript:x', null],
])('beside %s the rule is found at %s', (generatorUrl, rule) => {
  expect(alertLinks({ generatorUrl, labels: LABELS, annotations: {} }).rule).toBe(rule)
})

test('runbook and dashboard come from the annotations, and only as addresses', () => {
  const annotations = { runbook_url: 'https://wiki.example/errors', dashboard_url: 'vbscript:x' }
  expect(alertLinks({ generatorUrl: '', labels: LABELS, annotations })).toEqual({
    graph: null,
    rule: null,
    runbook: 'https://wiki.example/errors',
    dashboard: null,
  })
})
