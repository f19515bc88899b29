'use client'

import { useTranslations } from 'use-intl'
import type { JsonValue } from '../../lib/core/json.ts'
import type { TemplateChange } from '../../lib/core/template-diff.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { DiffLines } from '../ui/diff-lines.tsx'
import { Fold } from './fold.tsx'
import type { Evidence } from './story.ts'

/** What going back changes: the bad revision's fields go, the target's come. */
export function DiffCard({ evidence }: { evidence: Evidence | null }) {
  const t = useTranslations('incident.diff')
  if (evidence === null || evidence.target === null) return null
  const { revision, target, diff } = evidence
  const names = { from: revision.number, to: target.number }
  return (
    <Card aria-labelledby="diff-card">
      <CardHeader id="diff-card" title={t('title', names)} />
      <CardBody>
        {diff === null ? <p className="text-text-2">{t('unknown')}</p> : <Changes diff={diff} label={t('title', names)} />}
      </CardBody>
    </Card>
  )
}

function Changes({ diff, label }: { diff: readonly TemplateChange[]; label: string }) {
  const t = useTranslations('incident.diff')
  const material = diff.filter(({ volatile }) => !volatile)
  const stamps = diff.filter(({ volatile }) => volatile)
  return (
    <>
      {material.length === 0 && <p className="text-text-2">{t('none')}</p>}
      {material.length > 0 && <DiffLines lines={material.map(toLine)} label={label} />}
      {stamps.length > 0 && (
        <Fold summary={t('fold', { count: stamps.length })}>
          <DiffLines lines={stamps.map(toLine)} label={t('fold', { count: stamps.length })} />
        </Fold>
      )}
    </>
  )
}

function toLine({ path, before, after, masked }: TemplateChange) {
  return { path: path.replace(/^spec\./, ''), before: textOf(before), after: textOf(after), masked }
}

function textOf(value: JsonValue): string | null {
  if (value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1)
}
