'use client'

import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Preflight as Answer } from '../../lib/client/revisions.ts'
import type { RevisionRef, WorkloadRef } from '../../lib/core/workload.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CheckRow } from '../ui/check-row.tsx'
import { Notice } from '../ui/notice.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { CheckSentence } from '../ui/sentence.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { Changes } from './changes.tsx'
import { summaryOf } from './preflight-summary.ts'
import { usePreflight } from './use-preflight.ts'

interface PreflightProps {
  workload: WorkloadRef
  target: RevisionRef
}

/** What the rollback would meet and change, had it been asked for now. */
export function Preflight({ workload, target }: PreflightProps) {
  const t = useTranslations('rollBack.preflight')
  const query = usePreflight(workload, target.uid)
  return (
    <>
      <Changes query={query} target={target} />
      <Card aria-labelledby="preflight">
        <CardHeader
          id="preflight"
          title={t('title')}
          aside={query.data ? t(query.data.effect === 'propose' ? 'act' : query.data.effect) : null}
        />
        <CardBody>
          <QueryState query={query} loading={<SkeletonRows rows={5} className="h-9" />}>
            {(preflight) => <Checks preflight={preflight} />}
          </QueryState>
          {query.data && (
            <div className="mt-3">
              <AskAgain ask={query.refetch} />
            </div>
          )}
        </CardBody>
      </Card>
    </>
  )
}

/** Busy only when somebody pressed it: that it asks by itself now and then is no news. */
function AskAgain({ ask }: { ask: () => Promise<unknown> }) {
  const t = useTranslations('rollBack.preflight')
  const [isAsking, setAsking] = useState(false)
  const askAgain = () => {
    setAsking(true)
    void ask().finally(() => setAsking(false))
  }
  return (
    <Button busy={isAsking} onClick={askAgain}>
      {!isAsking && <RefreshCw aria-hidden />}
      {t('again')}
    </Button>
  )
}

function Checks({ preflight }: { preflight: Answer }) {
  const t = useTranslations('rollBack')
  const { held, asked, notAsked } = summaryOf(preflight)
  return (
    <>
      {held === null ? (
        <Notice tone="good" title={t('preflight.ready')} />
      ) : (
        <Notice tone="bad" title={t('preflight.held')}>
          <CheckSentence check={held} />
        </Notice>
      )}
      <ul className="mt-2">
        {asked.map((check) => (
          <CheckRow key={check.gate} answer={check.answer} name={t(`gate.${check.gate}`)} value={<CheckSentence check={check} />} />
        ))}
      </ul>
      <p className="pt-2 text-[0.8125rem] text-text-3">{t('preflight.notAsked', { count: notAsked })}</p>
    </>
  )
}
