'use client'

import { useTranslations } from 'use-intl'
import type { useRequestRollback } from '../../lib/client/request-rollback.ts'
import { Notice } from '../ui/notice.tsx'
import { CheckSentence } from '../ui/sentence.tsx'
import { summaryOf } from './preflight-summary.ts'

type Decision = NonNullable<ReturnType<typeof useRequestRollback>['data']>['decision']

/** It was asked for and not done: something came in between the preflight and the button. */
export function HeldNotice({ decision }: { decision: Decision }) {
  const t = useTranslations('rollBack')
  const { held } = summaryOf(decision)
  return (
    <Notice tone="bad" role="alert" title={t('heldNow')}>
      {held && <CheckSentence check={held} />}
    </Notice>
  )
}
