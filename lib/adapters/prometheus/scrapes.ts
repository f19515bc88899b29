import type { Sample } from '../../ports.ts'
import { type AlertIdentity, fits, tellingNames } from './fitting-series.ts'
import { duration, maxBy } from './promql.ts'
import { isNarrower, toSelector } from './selector.ts'
import type { PromqlNode } from './syntax.ts'
import { type TravellingLabels, walk } from './travelling-labels.ts'

/** A query for the number of samples in the window, and the labels by which its answers fit the alert. */
export interface ScrapeCount {
  expression: string
  labels: TravellingLabels
}

/**
 * One count a selector. Selectors that ask for a part of another one's series are left out: a `status=~"5.."` that
 * was born in the middle of the window says nothing of how often the pods were scraped.
 */
export function scrapeCounts(side: PromqlNode, labels: TravellingLabels, alert: AlertIdentity, windowMs: number): ScrapeCount[] {
  const found: { selector: ReturnType<typeof toSelector>; labels: TravellingLabels }[] = []
  walk(side, labels, (node, travelling) => {
    if (node.kind === 'VectorSelector') found.push({ selector: toSelector(node), labels: travelling })
  })
  const widest = found.filter(({ selector }) => !found.some((other) => isNarrower(selector, other.selector)))
  const counts = widest.map(({ selector, labels: travelling }) => ({
    expression: maxBy(tellingNames(alert, travelling), `count_over_time(${selector.text}[${duration(windowMs)}])`),
    labels: travelling,
  }))
  return [...new Map(counts.map((count) => [count.expression, count])).values()]
}

/**
 * Scrapes in the window: of each selector the series that was scraped most (a pod may have come later), of the selectors
 * that have data the one that was scraped least. 0: none has data.
 */
export function scrapesIn(answers: readonly { samples: readonly Sample[]; labels: TravellingLabels }[], alert: AlertIdentity): number {
  const most = answers.map(({ samples, labels }) =>
    Math.max(0, ...samples.filter((sample) => fits(sample.labels, alert, labels)).map(({ value }) => value)),
  )
  const withData = most.filter((count) => count > 0)
  return withData.length === 0 ? 0 : Math.min(...withData)
}
