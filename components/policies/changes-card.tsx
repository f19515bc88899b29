'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { statusOf } from '../../lib/client/api-error.ts'
import { controlQuery } from '../../lib/client/control.ts'
import type { PolicyDifference } from '../../lib/client/policy-difference.ts'
import { refusedFields } from '../../lib/client/save-policy.ts'
import type { Scope } from '../../lib/core/scope.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { ReasonField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { DifferenceLines } from './difference-lines.tsx'
import { namesOf } from './scope-names.ts'
import { TryOnHistory } from './try-on-history.tsx'
import type { PolicyEditing } from './use-policy-edits.ts'

interface ChangesCardProps {
  scope: Scope
  editing: PolicyEditing
  annotation: string | null
  /** Something is wrong: lead there. */
  onWrong: () => void
}

/** What the changes mean, before they are saved; and that they were. */
export function ChangesCard({ scope, editing, annotation, onWrong }: ChangesCardProps) {
  const t = useTranslations('policies.edit')
  const common = useTranslations('common')
  const [saved, setSaved] = useState<readonly PolicyDifference[]>([])
  const { differences, errors, edits, reason, setReason, wasTried, save, send, discard, fields, complain } = editing
  const isTouched = Object.keys(edits).length > 0
  const wrong = new Set(errors.map(({ path }) => path)).size
  const isRefusedElsewhere = save.error !== null && statusOf(save.error) !== 409 && refusedFields(save.error).length === 0
  const mayTry = () => {
    if (errors.length === 0) return true
    complain()
    onWrong()
    return false
  }
  const press = () => {
    setSaved(differences)
    if (!send()) onWrong()
  }
  return (
    <Card aria-labelledby="changes">
      <CardHeader id="changes" title={t('changes.title')} />
      <CardBody className="space-y-4">
        {save.isSuccess && !isTouched && (
          <Notice tone="good" role="status" title={t(save.data.known === false ? 'savedUnknown' : 'saved')}>
            <DifferenceLines scope={scope} differences={saved} />
          </Notice>
        )}
        {!isTouched && !save.isSuccess && <p className="text-text-2">{t('changes.none')}</p>}
        {isTouched && wrong > 0 && <p className="font-medium text-bad">{t('changes.wrong', { count: wrong })}</p>}
        {differences.length > 0 && <DifferenceLines scope={scope} differences={differences} />}
        {annotation !== null && differences.some(({ field }) => field === 'mode') && (
          <p className="text-[0.8125rem] text-text-2">{t('changes.annotation', { mode: annotation })}</p>
        )}
        <Warnings differences={differences} />
        {isTouched && (
          <>
            <TryOnHistory scope={scope} fields={fields} mayTry={mayTry} />
            <ReasonField value={reason} onChange={setReason} error={wasTried && reason.trim() === '' ? common('reasonMissing') : null} />
            {isRefusedElsewhere && <ErrorNotice error={save.error} />}
            <div className="flex flex-wrap gap-2">
              <Button variant="primary" busy={save.isPending} onClick={press} className="max-sm:flex-1">
                {t(`save.${scope.level}`, namesOf(scope))}
              </Button>
              <Button variant="ghost" onClick={discard}>
                {t('discard')}
              </Button>
            </div>
          </>
        )}
      </CardBody>
    </Card>
  )
}

/** What one should think about twice. */
function Warnings({ differences }: { differences: readonly PolicyDifference[] }) {
  const t = useTranslations('policies.edit.changes')
  const { data: control } = useQuery(controlQuery())
  const changed = differences.filter(({ kind }) => kind === 'value')
  const isLoose = changed.some(
    ({ field, after }) =>
      (field === 'onInconclusive' && after.onInconclusive === 'pass') ||
      (field === 'whenBlind' && after.whenBlind === 'go_on') ||
      (field === 'onOwned' && after.onOwned === 'warn'),
  )
  const acts = changed.some(({ field, after }) => field === 'mode' && after.mode === 'auto')
  return (
    <>
      {acts && <Notice tone={control?.isDryRun ? 'dry' : 'busy'} title={t(control?.isDryRun ? 'autoDryRun' : 'auto')} />}
      {isLoose && <Notice tone="busy" title={t('loose')} />}
    </>
  )
}
