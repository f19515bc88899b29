'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Revisions, revisionsQuery } from '../../lib/client/revisions.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { PageTitle } from '../providers/page-title.tsx'
import { useMay } from '../providers/viewer.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageLead } from '../ui/page-lead.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { notFoundWithout } from '../ui/subject.ts'
import { useWorkloadCrumbs } from '../ui/workload-crumbs.ts'
import { ChooseTarget } from './choose-target.tsx'
import { Confirm } from './confirm.tsx'
import { Difference } from './difference.tsx'
import { Opened } from './opened.tsx'
import { Preflight } from './preflight.tsx'
import { StateNotices } from './state-notices.tsx'

/** Rolls one workload back by hand: choose, see what would happen, say why, press the button that names it. */
export function RollBackPage({ workload }: { workload: WorkloadRef }) {
  const t = useTranslations('rollBack')
  const crumbs = useWorkloadCrumbs(workload, t('crumb'))
  const query = useQuery(revisionsQuery(workload))
  const router = useRouter()
  const [opened, setOpened] = useState<string | null>(null)
  notFoundWithout(query)
  if (opened !== null) return <Opened crumbs={crumbs} workload={workload} id={opened} />
  // From here on this page has nothing to ask: the revisions that it shows are about to change.
  const leave = (id: string) => {
    setOpened(id)
    router.push(`/rollbacks/${id}`)
  }
  return (
    <>
      <PageTitle page={t('title', { name: workload.name })} />
      {query.data === undefined && <PageLead crumbs={crumbs} headline={t('title', { name: workload.name })} />}
      <QueryState query={query} loading={<OnItsWay />}>
        {(revisions) => <Asking workload={workload} revisions={revisions} onOpened={leave} />}
      </QueryState>
    </>
  )
}

interface AskingProps {
  workload: WorkloadRef
  revisions: Revisions
  onOpened: (rollbackId: string) => void
}

function Asking({ workload, revisions, onOpened }: AskingProps) {
  const t = useTranslations('rollBack')
  const crumbs = useWorkloadCrumbs(workload, t('crumb'))
  const isOperator = useMay('operator')
  const asked = useSearchParams().get('to')
  const targets = revisions.revisions.filter(({ isThere, isCurrent }) => isThere && !isCurrent)
  const find = (uid: string | null) => targets.find(({ revision }) => revision.uid === uid) ?? null
  // Nothing is chosen for a person that automation would not choose, nor in place of one that is gone.
  const target = find(asked ?? revisions.targetUid)
  const current = revisions.revisions.find(({ isCurrent }) => isCurrent) ?? null
  const { name } = workload
  const canChoose = targets.length > 0 && revisions.exists !== false
  return (
    <>
      <PageLead
        crumbs={crumbs}
        headline={headline()}
        subline={current && canChoose ? t('subline', { name, from: current.revision.number }) : undefined}
      />
      {!canChoose && revisions.exists !== false && <Notice tone="hold" title={t('noTargetDetail')} />}
      {canChoose && (
        <div className="space-y-4">
          <StateNotices workload={workload} isGone={asked !== null && target === null} />
          {asked === null && target === null && <Notice tone="hold" title={t('noneGood')} />}
          <ChooseTarget targets={targets} chosen={target?.revision.uid ?? null} autoUid={revisions.targetUid} />
          {target && isOperator && <Preflight workload={workload} target={target.revision} />}
          {target && current && !isOperator && <Difference workload={workload} from={current.revision} to={target.revision} />}
          {target && (
            <Confirm
              key={target.revision.uid}
              workload={workload}
              current={current?.revision ?? null}
              target={target.revision}
              onOpened={onOpened}
            />
          )}
        </div>
      )}
    </>
  )

  function headline(): string {
    if (revisions.exists === false) return t('gone', { name })
    if (targets.length === 0) return t('noTarget', { name })
    return target === null ? t('choose', { name }) : t('question', { name, to: target.revision.number })
  }
}

function OnItsWay() {
  return (
    <div className="space-y-4">
      <SkeletonRows rows={3} className="h-28" />
    </div>
  )
}
