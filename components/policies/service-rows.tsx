'use client'

import { useTranslations } from 'use-intl'
import { newServiceRow, type ServiceRow } from '../../lib/client/policy-draft.ts'
import { ROW_LIMITS } from '../../lib/core/policy-bounds.ts'
import type { Scope } from '../../lib/core/scope.ts'
import { Button } from '../ui/button.tsx'
import { Field, Input } from '../ui/field.tsx'
import type { FieldEditing } from './field-editing.ts'
import { useFieldErrors } from './field-errors.ts'
import { RowFrame } from './row-frame.tsx'
import { namesOf } from './scope-names.ts'

/** Where each column stands in the policy, as errors name it. */
const PATH = { service: 'service', namespace: 'namespace', toNamespace: 'workload.namespace', toName: 'workload.name' } as const

interface ServiceRowsProps {
  rows: readonly ServiceRow[]
  scope: Scope
  editing: FieldEditing
}

/** Which Deployment a service means. */
export function ServiceRows({ rows, scope, editing }: ServiceRowsProps) {
  const t = useTranslations('policies.edit.services')
  const errorOf = useFieldErrors(editing)
  const set = (next: readonly ServiceRow[]) => editing.edit('services', next)
  return (
    <div className="space-y-2">
      {rows.length === 0 && <p className="text-text-2">{t('empty')}</p>}
      <ul className="space-y-2">
        {rows.map((row, index) => (
          <RowFrame
            key={row.key}
            title={t('row', { number: index + 1 })}
            remove={t('remove', { number: index + 1 })}
            onRemove={() => set(rows.filter(({ key }) => key !== row.key))}
          >
            <div className="grid items-start gap-3 @md:grid-cols-2">
              {(Object.keys(PATH) as (keyof typeof PATH)[]).map((column) => (
                <Field key={column} label={t(column)} error={errorOf(`services.${index}.${PATH[column]}`)}>
                  {(wired) => (
                    <Input
                      {...wired}
                      autoComplete="off"
                      spellCheck={false}
                      placeholder={column === 'namespace' ? t('anywhere') : undefined}
                      value={row[column]}
                      onChange={({ target }) =>
                        set(rows.map((one) => (one.key === row.key ? { ...one, [column]: target.value.trim() } : one)))
                      }
                    />
                  )}
                </Field>
              ))}
            </div>
          </RowFrame>
        ))}
      </ul>
      {rows.length < ROW_LIMITS.services && (
        <Button onClick={() => set([...rows, newServiceRow(Math.max(-1, ...rows.map(({ key }) => key)) + 1, namesOf(scope).namespace)])}>
          {t('add')}
        </Button>
      )}
    </div>
  )
}
