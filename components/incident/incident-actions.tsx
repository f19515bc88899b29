'use client'

import { ExternalLink } from 'lucide-react'
import Link from 'next/link'
import { type ComponentType, useState } from 'react'
import { useTranslations } from 'use-intl'
import { alertLinks } from '../../lib/core/link.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useApprovalStop } from '../providers/approval-stop.ts'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { StickyActions } from '../ui/sticky-actions.tsx'
import { VisuallyHidden } from '../ui/visually-hidden.tsx'
import { rollBackPath } from '../ui/workload-path.ts'
import { AnswerDialog, type AnswerKind } from './answer-dialog.tsx'
import { canAbort, type Story } from './story.ts'

/** Pauses one workload or resumes it; the page hands it in. */
export type PauseOfWorkload = ComponentType<{ workload: WorkloadRef }>

interface ActionsProps {
  story: Story
  Pause: PauseOfWorkload
}

/** What one can do about it, the likely ones first; those a phone has at its bottom instead (`StickyIncidentActions`). */
export function IncidentActions({ story, Pause }: ActionsProps) {
  const t = useTranslations('incident.action')
  const isOperator = useMay('operator')
  return (
    <>
      {isOperator && (
        <span className="contents max-sm:hidden">
          <LikelyActions story={story} Pause={Pause} />
        </span>
      )}
      {isOperator && story.rollback !== null && story.kind !== 'proposed' && (
        <Button asChild>
          <Link href={rollBackPath(story.workload, null)}>{t('elsewhere')}</Link>
        </Button>
      )}
      {isOperator && story.kind === 'proposed' && <Pause workload={story.workload} />}
      <AlertLinks story={story} />
    </>
  )
}

/** At the end of the page: the likely actions of a phone. */
export function StickyIncidentActions({ story, Pause }: ActionsProps) {
  const isOperator = useMay('operator')
  if (!isOperator) return null
  return (
    <StickyActions>
      <LikelyActions story={story} Pause={Pause} isShort />
    </StickyActions>
  )
}

/** To answer a proposal, or to stop and to pause. Where there is little room, the dialog has the whole name. */
function LikelyActions({ story, Pause, isShort = false }: ActionsProps & { isShort?: boolean }) {
  const t = useTranslations('incident.action')
  const [asked, setAsked] = useState<AnswerKind | null>(null)
  const { rollback, workload } = story
  const common = useTranslations('common')
  const stop = useApprovalStop(workload)
  if (rollback === null) {
    return (
      <>
        <Button asChild>
          <Link href={rollBackPath(workload, null)}>{t('byHand')}</Link>
        </Button>
        <Pause workload={workload} />
      </>
    )
  }
  const names = { workload: workload.name, from: rollback.from.number, to: rollback.to.number }
  const button = (kind: AnswerKind, variant: 'primary' | 'secondary' | 'danger') => (
    <Button variant={variant} onClick={() => setAsked(kind)}>
      {t(isShort ? `short.${kind}` : kind, names)}
    </Button>
  )
  return (
    <>
      {story.kind === 'proposed' && stop === null && button('approve', 'primary')}
      {story.kind === 'proposed' && stop !== null && !isShort && (
        <p className="w-full text-[0.8125rem] text-text-2">{common(`approvalStopped.${stop}`)}</p>
      )}
      {story.kind === 'proposed' && button('decline', 'secondary')}
      {canAbort(story) && button('abort', 'danger')}
      {story.kind !== 'proposed' && <Pause workload={workload} />}
      {asked !== null && <AnswerDialog rollback={rollback} kind={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

function AlertLinks({ story: { episode } }: { story: Story }) {
  const t = useTranslations('incident.action')
  if (episode === null) return null
  const links = alertLinks(episode)
  const shown = (['rule', 'graph', 'runbook', 'dashboard'] as const).flatMap((name) => {
    const href = links[name]
    return href === null ? [] : [{ name, href }]
  })
  return shown.map(({ name, href }) => (
    <Button key={name} asChild>
      <a href={href} target="_blank" rel="noreferrer">
        {t(name)}
        <ExternalLink aria-hidden />
        <VisuallyHidden>{t('opensElsewhere')}</VisuallyHidden>
      </a>
    </Button>
  ))
}
