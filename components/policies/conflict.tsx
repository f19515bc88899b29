'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { latestAuditQuery } from '../../lib/client/audit.ts'
import { policyDifferences } from '../../lib/client/policy-difference.ts'
import type { StoredPolicy } from '../../lib/core/policy.ts'
import { type Scope, scopeKey } from '../../lib/core/scope.ts'
import { useActorName } from '../ui/actor-name.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useRelativeTime } from '../ui/time.tsx'
import { DifferenceLines } from './difference-lines.tsx'
import type { PolicyEditing } from './use-policy-edits.ts'

/** Somebody else changed the policy meanwhile: who, what and why, before one may go on. */
export function Conflict({ scope, editing }: { scope: Scope; editing: PolicyEditing }) {
  const t = useTranslations('policies.edit.conflict')
  const { overtaken, isOvertaken, takeOver, levels, fresh, shown } = editing
  if (isOvertaken) {
    return (
      <Notice tone="busy" role="alert" title={t('meanwhile')} actions={<Button onClick={takeOver}>{t('look')}</Button>}>
        <Meanwhile scope={scope} shown={shown} before={levels.own} after={fresh} />
      </Notice>
    )
  }
  if (overtaken === null) return null
  return (
    <Notice tone="busy" role="alert" title={t('title')}>
      <Meanwhile scope={scope} shown={shown} before={overtaken} after={levels.own} />
      <p className="mt-1">{t('again')}</p>
    </Notice>
  )
}

interface MeanwhileProps {
  scope: Scope
  shown: readonly StoredPolicy[]
  before: StoredPolicy
  after: StoredPolicy
}

function Meanwhile({ scope, shown, before, after }: MeanwhileProps) {
  const t = useTranslations('policies.edit.conflict')
  const audit = useQuery(latestAuditQuery())
  const actorName = useActorName()
  const relative = useRelativeTime()
  const entry = audit.data?.items.find(({ action, target }) => action === 'policy.save' && target === scopeKey(scope))
  const others = shown.filter((policy) => scopeKey(policy.scope) !== scopeKey(scope))
  const differences = policyDifferences([...others, before], scope, after.fields)
  return (
    <>
      {entry && <p>{t('by', { actor: actorName(entry.actor), at: relative(entry.at), reason: entry.reason ?? '' })}</p>}
      {differences.length === 0 ? <p>{t('nothing')}</p> : <DifferenceLines scope={scope} differences={differences} />}
    </>
  )
}
