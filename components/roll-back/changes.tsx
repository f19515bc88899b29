'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { Info, TriangleAlert } from 'lucide-react'
import { useLocale, useTranslations } from 'use-intl'
import type { Preflight } from '../../lib/client/revisions.ts'
import type { RevisionRef } from '../../lib/core/workload.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfigChanges } from '../ui/config-changes.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TemplateChanges } from '../ui/template-changes.tsx'

interface ChangesProps {
  query: UseQueryResult<Preflight>
  target: RevisionRef
}

/** What would change, images and environment first, and what would not. Errors are told once, by the preflight below. */
export function Changes({ query, target }: ChangesProps) {
  const t = useTranslations('rollBack.changes')
  const { data } = query
  if (data === undefined && query.isError) return null
  if (data && data.to === null) return null
  return (
    <Card aria-labelledby="changes">
      <CardHeader id="changes" title={t('title')} aside={data?.from ? t('aside', { from: data.from.number, to: target.number }) : null} />
      <CardBody className="space-y-3">
        {data ? <TemplateChanges changes={data.changes} label={t('title')} /> : <Skeleton className="h-12" />}
        {data && <Configs configs={data.configs} />}
        {data && <Warnings warnings={data.warnings} target={target} />}
      </CardBody>
    </Card>
  )
}

/** Only where there are any: what they hold stays as it is now. */
function Configs({ configs }: { configs: Preflight['configs'] }) {
  const t = useTranslations('configs')
  if (configs === null || configs.of.length === 0) return null
  return (
    <div className="space-y-1 text-[0.8125rem]">
      <h3 className="font-semibold text-text-2">{t('title')}</h3>
      <ConfigChanges configs={configs} startedAt={null} />
    </div>
  )
}

/** The others only say what stays as it is. */
const MAY_HURT: readonly string[] = ['target_condemned', 'only_stamps_differ', 'last_applied_configuration']

function Warnings({ warnings, target }: { warnings: Preflight['warnings']; target: RevisionRef }) {
  const t = useTranslations('rollBack.warnings')
  const locale = useLocale()
  const list = (names: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(names)
  return (
    <ul aria-label={t('title')} className="space-y-1.5 text-[0.8125rem] text-text-2">
      {warnings.map(({ code, names }) => (
        <li key={code} className="flex gap-2">
          {MAY_HURT.includes(code) ? (
            <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-busy" />
          ) : (
            <Info aria-hidden className="mt-0.5 size-3.5 shrink-0 text-text-3" />
          )}
          <span className="min-w-0 break-words">{t(code, { to: target.number, names: list(names) })}</span>
        </li>
      ))}
    </ul>
  )
}
