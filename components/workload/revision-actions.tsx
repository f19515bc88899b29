'use client'

import { Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RevisionStory } from '../../lib/client/revisions.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { rollBackPath } from '../ui/workload-path.ts'
import { CompareDialog } from './compare-dialog.tsx'
import { TakeBackDialog } from './take-back-dialog.tsx'

interface RevisionActionsProps {
  workload: WorkloadRef
  story: RevisionStory
  /** Null: none is known. */
  current: RevisionStory | null
}

/** Whether anything can be done with it. */
export function hasActions({ isThere, isCurrent, condemned }: RevisionStory, isOperator: boolean): boolean {
  return (isThere && !isCurrent) || (isOperator && condemned !== null)
}

/** What can be done with one revision. */
export function RevisionActions({ workload, story, current }: RevisionActionsProps) {
  const t = useTranslations('workload.revisions')
  const [open, setOpen] = useState<'compare' | 'take-back' | null>(null)
  const isOperator = useMay('operator')
  const { number, uid } = story.revision
  const canGoBack = story.isThere && !story.isCurrent
  const canCompare = canGoBack && current !== null
  const canTakeBack = isOperator && story.condemned !== null
  const close = () => setOpen(null)
  return (
    <span className="inline-flex gap-1.5">
      {canGoBack && isOperator && (
        <Button asChild className="whitespace-nowrap">
          <Link href={rollBackPath(workload, uid)}>{t('rollBackTo', { number })}</Link>
        </Button>
      )}
      <Menu
        trigger={
          <Button variant="ghost" aria-label={t('more', { number })} className="px-2 max-sm:min-w-11">
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        {canCompare && <MenuItem onSelect={() => setOpen('compare')}>{t('compare', { number: current.revision.number })}</MenuItem>}
        {canTakeBack && <MenuItem onSelect={() => setOpen('take-back')}>{t('takeBack')}</MenuItem>}
      </Menu>
      {open === 'compare' && current && <CompareDialog workload={workload} from={story.revision} to={current.revision} onClose={close} />}
      {open === 'take-back' && <TakeBackDialog workload={workload} story={story} onClose={close} />}
    </span>
  )
}
