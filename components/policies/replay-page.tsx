'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { decisionQuery } from '../../lib/client/decisions.ts'
import { type DecisionReplay, replayQuery } from '../../lib/client/replay.ts'
import { readTried } from '../../lib/client/tried-policy.ts'
import type { DecisionRecord } from '../../lib/core/decision.ts'
import { PageTitle } from '../providers/page-title.tsx'
import { Button } from '../ui/button.tsx'
import { COLOURS } from '../ui/coloured.tsx'
import { PageLead } from '../ui/page-lead.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { replayPath } from '../ui/replay-path.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { notFoundWithout } from '../ui/subject.ts'
import { Instant } from '../ui/time.tsx'
import { useOutcomeWords } from './outcome-words.ts'
import { ReplayDifference, ReplayOpen, ReplayPolicies, ReplaySides } from './replay-parts.tsx'
import { TryForm } from './try-form.tsx'
import { UnreadEdit } from './unread-edit.tsx'

/** One decision, as it was made and as the policy of today, or another one, would make it. */
export function ReplayPage({ id }: { id: string }) {
  const t = useTranslations('replay')
  const tried = readTried(useSearchParams().get('edit'))
  const router = useRouter()
  const crumbs = useCrumbs(null)
  const decision = useQuery(decisionQuery(id))
  notFoundWithout(decision)
  const query = useQuery({ ...replayQuery(id, tried), placeholderData: keepPreviousData })
  return (
    <>
      <PageTitle page={t('title')} />
      {(query.data === undefined || decision.data === undefined) && <PageLead crumbs={crumbs} headline={t('lead.loading')} />}
      <QueryState query={decision} loading={<OnItsWay />}>
        {(record) => (
          <QueryState query={query} loading={<OnItsWay />}>
            {(replay) => (
              <>
                <Lead record={record} replay={replay} isTried={tried !== null} />
                <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]" aria-busy={query.isPlaceholderData}>
                  <div className="min-w-0 space-y-4">
                    <UnreadEdit />
                    <ReplaySides replay={replay} checks={record.checks} isTried={tried !== null} />
                    <ReplayOpen replay={replay} />
                    <ReplayDifference replay={replay} />
                    <ReplayPolicies replay={replay} />
                  </div>
                  <TryForm
                    key={JSON.stringify(tried)}
                    tried={tried}
                    from={replay.policy}
                    onTry={(edit) => router.replace(replayPath(id, edit), { scroll: false })}
                  />
                </div>
              </>
            )}
          </QueryState>
        )}
      </QueryState>
    </>
  )
}

function useCrumbs(record: DecisionRecord | null) {
  const t = useTranslations()
  return [
    { text: t('policies.title'), href: '/policies' },
    { text: t('replay.rangePage.title'), href: '/replay' },
    { text: record?.workload?.name ?? t('replay.title') },
  ]
}

function Lead({ record, replay, isTried }: { record: DecisionRecord; replay: DecisionReplay; isTried: boolean }) {
  const t = useTranslations('replay')
  const say = useOutcomeWords()
  const { answer, before, after } = replay
  const values = {
    ...COLOURS,
    which: isTried ? 'tried' : 'today',
    workload: record.workload?.name ?? t('lead.someone'),
    before: say(before),
    after: say(after ?? before),
  }
  const back =
    record.incidentId === null
      ? record.rollbackId && { href: `/rollbacks/${record.rollbackId}`, text: t('rollback') }
      : { href: `/incidents/${record.incidentId}`, text: t('incident') }
  return (
    <PageLead
      crumbs={useCrumbs(record)}
      headline={t.rich(`lead.${answer}`, values)}
      subline={t.rich('subline', { at: () => <Instant at={record.decidedAt} show="clock" /> })}
      actions={
        <>
          {back && (
            <Button asChild>
              <Link href={back.href}>{back.text}</Link>
            </Button>
          )}
          <Button asChild>
            <Link href="/replay">{t('range')}</Link>
          </Button>
        </>
      }
    />
  )
}

function OnItsWay() {
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Skeleton className="h-96" />
      <Skeleton className="h-48" />
    </div>
  )
}
