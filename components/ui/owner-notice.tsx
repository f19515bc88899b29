'use client'

import { useTranslations } from 'use-intl'
import type { Owner } from '../../lib/core/owner.ts'
import { ownerCommand } from '../../lib/core/owner-command.ts'
import { CopyText } from './copy-text.tsx'
import { useDuration } from './duration.tsx'
import { Notice } from './notice.tsx'

/** Who else manages a workload, what becomes of an undo, and what one can do about it. */
export function OwnerNotice({ owner, workload }: { owner: Owner; workload: string }) {
  const t = useTranslations('owner')
  const name = useOwnerName()
  return (
    <Notice tone={owner.undo === 'reverted' ? 'busy' : 'accent'} title={t('title', { owner: name(owner), workload })}>
      <OwnerNext owner={owner} />
    </Notice>
  )
}

/** `Flux Kustomization flux-system/apps` */
export function useOwnerName() {
  const t = useTranslations('owner')
  return ({ kind, name }: Pick<Owner, 'kind' | 'name'>) => t('name', { kind, name })
}

/** What it will do to an undo, how sure that is, and the command that helps. */
export function OwnerNext({ owner }: { owner: Owner }) {
  const t = useTranslations('owner')
  const duration = useDuration()
  const { kind, undo, known = 'marks', revertsWithinMs } = owner
  const soon = revertsWithinMs === undefined ? { when: 'unknown', within: '' } : { when: 'known', within: duration(revertsWithinMs) }
  const command = ownerCommand(owner)
  return (
    <>
      <p>
        {t(`next.${undo}`, { kind, ...soon })}
        {(known === 'not_allowed' || known === 'not_found' || known === 'silent') && ` ${t(`unread.${known}`)}`}
      </p>
      <p className="mt-1">{t(command === null ? 'advice.revert' : `advice.${command.does}`)}</p>
      {command && (
        <p className="mt-1">
          <CopyText text={command.command} />
        </p>
      )}
    </>
  )
}
