'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { pauseAt } from '../../lib/client/control-state.ts'
import type { Scope } from '../../lib/core/scope.ts'
import { useActorName } from '../ui/actor-name.tsx'
import { useScopeName } from '../ui/scope-name.tsx'
import { useRelativeTime } from '../ui/time.tsx'
import { Steering } from './steering.tsx'
import type { ViewProps } from './view.ts'

/** Ends one pause. */
export function ResumeForm({ scope, ...frame }: ViewProps & { scope: Scope }) {
  const t = useTranslations('control')
  const form = useTranslations('control.resumeForm')
  const name = useScopeName()(scope)
  const actorName = useActorName()
  const relative = useRelativeTime()
  // As it was when the form opened: what one decides on does not vanish while one types.
  const [pause] = useState(pauseAt(frame.state, scope))
  const description = pause && form('description', { actor: actorName(pause.actor), since: relative(pause.since), reason: pause.reason })
  return (
    <Steering
      {...frame}
      title={form('title', { scope: name })}
      description={description}
      submit={form('submit', { scope: name })}
      command={() => ({ action: 'resume', scope })}
      done={t('done.resumed', { scope: name })}
    >
      <p>{form(frame.state.control.isDryRun ? 'effectDryRun' : 'effect')}</p>
    </Steering>
  )
}
