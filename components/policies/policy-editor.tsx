'use client'

import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { PolicyField } from '../../lib/client/policy-levels.ts'
import type { StoredPolicy } from '../../lib/core/policy.ts'
import type { Scope } from '../../lib/core/scope.ts'
import { useMay, useViewer } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { Notice } from '../ui/notice.tsx'
import { StickyActions } from '../ui/sticky-actions.tsx'
import { ChangesCard } from './changes-card.tsx'
import { Conflict } from './conflict.tsx'
import { FieldRow } from './field-row.tsx'
import { usePolicyEdits } from './use-policy-edits.ts'

const GROUPS: Readonly<Record<'acting' | 'limits' | 'blame' | 'back' | 'names', readonly PolicyField[]>> = {
  acting: ['mode', 'proposalExpiryMs', 'freeze', 'onOwned'],
  limits: ['cooldownMs', 'budget', 'commonCause'],
  blame: ['attributionWindowMs', 'minRequests', 'onInconclusive', 'whenBlind'],
  back: ['goodAfterMs', 'bakeTimeMs'],
  names: ['services'],
}

interface PolicyEditorProps {
  scope: Scope
  policies: readonly StoredPolicy[]
  /** The workload's own `snapback.dev/mode`. */
  annotation: string | null
}

/** Every field with what holds and where it comes from; an admin may set it here, or no longer. What changes is said before it is saved. */
export function PolicyEditor({ scope, policies, annotation }: PolicyEditorProps) {
  const t = useTranslations('policies.edit')
  const common = useTranslations('common')
  const isAdmin = useMay('admin')
  const { role } = useViewer()
  const editing = usePolicyEdits(scope, policies)
  const form = useRef<HTMLDivElement>(null)
  const changes = useRef<HTMLDivElement>(null)
  const focusFirstWrong = () => requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  const count = Object.keys(editing.edits).length
  return (
    <>
      {!isAdmin && (
        <div className="mb-4">
          <Notice tone="accent" title={t('readOnly', { role: common(`roles.${role}`) })} />
        </div>
      )}
      <div ref={form} className={isAdmin ? 'grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]' : undefined}>
        <div className="min-w-0 space-y-4">
          <Conflict scope={scope} editing={editing} />
          {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
            <Card key={group} aria-labelledby={`group-${group}`}>
              <CardHeader id={`group-${group}`} title={t(`groups.${group}`)} />
              <CardBody className="divide-y divide-line">
                {GROUPS[group].map((field) => (
                  <FieldRow key={field} field={field} scope={scope} editing={editing} canChange={isAdmin} />
                ))}
              </CardBody>
            </Card>
          ))}
        </div>
        {isAdmin && (
          <div ref={changes} className="scroll-mt-18 space-y-4 lg:sticky lg:top-18">
            <ChangesCard scope={scope} editing={editing} annotation={annotation} onWrong={focusFirstWrong} />
          </div>
        )}
      </div>
      {isAdmin && count > 0 && (
        <StickyActions>
          <Button variant="primary" onClick={() => changes.current?.scrollIntoView({ block: 'start' })}>
            {t('review', { count })}
          </Button>
        </StickyActions>
      )}
    </>
  )
}
