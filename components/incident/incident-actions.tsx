'use client'

import { ExternalLink } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { alertLinks } from '../../lib/core/link.ts'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { StickyActions } from '../ui/sticky-actions.tsx'
import { VisuallyHidden } from '../ui/visually-hidden.tsx'
import { AnswerDialog, type AnswerKind } from './answer-dialog.tsx'
import { PauseDialog } from './pause-dialog.tsx'
import { canAbort, type Story } from './story.ts'
import { workloadPath } from './workload-path.ts'

type Asked = AnswerKind | 'pause' | null

/** What one can do about it, the likely ones first; on a phone those stick to the bottom. */
export function IncidentActions({ story }: { story: Story }) {
  const t = useTranslations('incident.action')
  const [asked, setAsked] = useState<Asked>(null)
  const isOperator = useMay('operator')
  const close = () => setAsked(null)
  const { rollback } = story
  const likely = isOperator ? <Likely story={story} onAsk={setAsked} /> : null
  return (
    <>
      <span className="contents max-sm:hidden">{likely}</span>
      {likely && <StickyActions>{likely}</StickyActions>}
      {isOperator && story.kind !== 'proposed' && (
        <Button asChild>
          <Link href={`${workloadPath(story.workload)}/roll-back`}>{t(rollback === null ? 'byHand' : 'elsewhere')}</Link>
        </Button>
      )}
      {isOperator && story.kind === 'proposed' && (
        <Button onClick={() => setAsked('pause')}>{t('pause', { workload: story.workload.name })}</Button>
      )}
      <AlertLinks story={story} />
      {rollback && asked !== null && asked !== 'pause' && <AnswerDialog rollback={rollback} kind={asked} onClose={close} />}
      {asked === 'pause' && <PauseDialog workload={story.workload} onClose={close} />}
    </>
  )
}

function Likely({ story, onAsk }: { story: Story; onAsk: (asked: Asked) => void }) {
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
      <Button onClick={() => onAsk('pause')}>
        <span className="truncate">{t('pause', { workload: workload.name })}</span>
      </Button>
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
