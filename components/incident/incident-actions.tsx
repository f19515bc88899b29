'use client'

import { ExternalLink } from 'lucide-react'
import Link from 'next/link'
import { type ComponentType, useState } from 'react'
import { useTranslations } from 'use-intl'
import { alertLinks } from '../../lib/core/link.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { StickyActions } from '../ui/sticky-actions.tsx'
import { VisuallyHidden } from '../ui/visually-hidden.tsx'
import { rollBackPath } from '../ui/workload-path.ts'
import { AnswerDialog, type AnswerKind } from './answer-dialog.tsx'
import { canAbort, type Story } from './story.ts'

/** Pauses one workload or resumes it; the page hands it in. */
export type PauseOfWorkload = ComponentType<{ workload: WorkloadRef }>

/** What one can do about it, the likely ones first; on a phone those stick to the bottom. */
export function IncidentActions({ story, Pause }: { story: Story; Pause: PauseOfWorkload }) {
  const t = useTranslations('incident.action')
  const [asked, setAsked] = useState<AnswerKind | null>(null)
  const isOperator = useMay('operator')
  const { rollback } = story
  const likely = isOperator ? <Likely story={story} Pause={Pause} onAsk={setAsked} /> : null
  return (
    <>
      <span className="contents max-sm:hidden">{likely}</span>
      {likely && <StickyActions>{likely}</StickyActions>}
      {isOperator && story.kind !== 'proposed' && (
        <Button asChild>
          <Link href={rollBackPath(story.workload, null)}>{t(rollback === null ? 'byHand' : 'elsewhere')}</Link>
        </Button>
      )}
      {isOperator && story.kind === 'proposed' && <Pause workload={story.workload} />}
      <AlertLinks story={story} />
      {rollback && asked !== null && <AnswerDialog rollback={rollback} kind={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

interface LikelyProps {
  story: Story
  Pause: PauseOfWorkload
  onAsk: (asked: AnswerKind) => void
}

function Likely({ story, Pause, onAsk }: LikelyProps) {
  const t = useTranslations('incident.action')
  const { rollback, workload } = story
  if (rollback !== null && story.kind === 'proposed') {
    const names = { workload: workload.name, from: rollback.from.number, to: rollback.to.number }
    return (
      <>
        <Button variant="primary" onClick={() => onAsk('approve')}>
          <span className="truncate">{t('approve', names)}</span>
        </Button>
        <Button onClick={() => onAsk('decline')}>
          <span className="truncate">{t('decline', names)}</span>
        </Button>
      </>
    )
  }
  return (
    <>
      {rollback !== null && canAbort(story) && (
        <Button variant="danger" onClick={() => onAsk('abort')}>
          <span className="truncate">{t('abort', { to: rollback.to.number })}</span>
        </Button>
      )}
      <Pause workload={workload} />
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
