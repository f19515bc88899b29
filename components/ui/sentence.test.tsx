import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Check } from '../../lib/core/decision.ts'
import type { TimelineEvent } from '../../lib/core/timeline.ts'
import en from '../../messages/en.json' with { type: 'json' }
import { Words } from '../providers/words.tsx'
import { CheckSentence, TimelineSentence } from './sentence.tsx'

/** As a newer replica wrote it. */
const written = <T,>(record: unknown) => record as T
const event = { id: 'e1', at: 0, actor: { kind: 'engine' }, incidentId: 'i1', rollbackId: null }

function text(node: React.ReactNode): string {
  return renderToStaticMarkup(
    <Words locale="en" messages={en}>
      {node}
    </Words>,
  )
}

test('what has no sentence yet stands as the word that was written', () => {
  const kind = written<TimelineEvent>({ ...event, kind: 'sent_to_mars', data: { reason: 'x' } })
  expect(text(<TimelineSentence event={kind} />)).toBe('sent_to_mars')
  const check = written<Check>({ gate: 'moon_phase', answer: 'hold', reason: 'full_moon', values: {}, endsAt: null })
  expect(text(<CheckSentence check={check} />)).toBe('full_moon')
})

test('a sentence names a reason or an outcome that it does not know by its word', () => {
  const data = { verdict: 'hold', effect: 'none', reason: 'full_moon', decisionId: 'd1' }
  expect(text(<TimelineSentence event={written<TimelineEvent>({ ...event, kind: 'decided', data })} />)).toContain('full_moon')
  const failed = written<TimelineEvent>({ ...event, kind: 'failed', data: { reason: 'eclipse', detail: null } })
  expect(text(<TimelineSentence event={failed} />)).toContain('eclipse')
})
