'use client'

import type { ComponentProps } from 'react'
import { useTranslations } from 'use-intl'
import type { PolicyDraft } from '../../lib/client/policy-draft.ts'
import type { PolicyField } from '../../lib/client/policy-levels.ts'
import { MODES } from '../../lib/core/policy.ts'
import type { Scope } from '../../lib/core/scope.ts'
import { Field, Input, Select } from '../ui/field.tsx'
import { usePolicyWords } from '../ui/policy-words.tsx'
import { VisuallyHidden } from '../ui/visually-hidden.tsx'
import type { FieldEditing } from './field-editing.ts'
import { useBounds, useFieldErrors } from './field-errors.ts'
import { FreezeRows } from './freeze-rows.tsx'
import { ServiceRows } from './service-rows.tsx'

interface FieldInputProps<F extends PolicyField> {
  field: F
  draft: PolicyDraft[F]
  scope: Scope
  editing: FieldEditing
}

/** What one types or chooses for one field. */
export function FieldInput({ field, draft, scope, editing }: FieldInputProps<PolicyField>) {
  const t = useTranslations('policies.edit.label')
  const { edit } = editing
  switch (field) {
    case 'mode':
    case 'onInconclusive':
    case 'onOwned':
    case 'whenBlind':
      return <Chosen field={field} value={draft as string} onChange={(value) => edit(field, value as never)} />
    case 'budget': {
      const value = draft as PolicyDraft['budget']
      return (
        <Two>
          <Typed
            path="budget.count"
            label={t('count')}
            value={value.count}
            onChange={(count) => edit(field, { ...value, count })}
            editing={editing}
            isNumber
          />
          <Typed
            path="budget.windowMs"
            label={t('window')}
            value={value.windowMs}
            onChange={(windowMs) => edit(field, { ...value, windowMs })}
            editing={editing}
          />
        </Two>
      )
    }
    case 'commonCause': {
      const value = draft as PolicyDraft['commonCause']
      return (
        <Two>
          <Typed
            path="commonCause.workloads"
            label={t('workloads')}
            value={value.workloads}
            onChange={(workloads) => edit(field, { ...value, workloads })}
            editing={editing}
            isNumber
          />
          <Typed
            path="commonCause.withinMs"
            label={t('within')}
            value={value.withinMs}
            onChange={(withinMs) => edit(field, { ...value, withinMs })}
            editing={editing}
          />
        </Two>
      )
    }
    case 'freeze':
      return <FreezeRows rows={draft as PolicyDraft['freeze']} editing={editing} />
    case 'services':
      return <ServiceRows rows={draft as PolicyDraft['services']} scope={scope} editing={editing} />
    default:
      return (
        <Typed
          path={field}
          value={draft as string}
          onChange={(text) => edit(field, text)}
          editing={editing}
          isNumber={field === 'minRequests'}
        />
      )
  }
}

function Two({ children }: { children: ComponentProps<'div'>['children'] }) {
  return <div className="grid grid-cols-2 items-start gap-3">{children}</div>
}

interface TypedProps {
  /** In the policy, as errors name it. */
  path: string
  /** None: the row's name is enough. */
  label?: string
  value: string
  onChange: (text: string) => void
  editing: FieldEditing
  isNumber?: boolean
}

function Typed({ path, label, value, onChange, editing, isNumber = false }: TypedProps) {
  const words = usePolicyWords()
  const hint = useBounds()(path)
  const error = useFieldErrors(editing)(path)
  return (
    <Field label={label ?? <VisuallyHidden>{words.name(path as PolicyField)}</VisuallyHidden>} hint={hint} error={error}>
      {(wired) => (
        <Input
          {...wired}
          autoComplete="off"
          spellCheck={false}
          inputMode={isNumber ? 'numeric' : undefined}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

type ChoiceField = 'mode' | 'onInconclusive' | 'onOwned' | 'whenBlind'

function Chosen({ field, value, onChange }: { field: ChoiceField; value: string; onChange: (value: string) => void }) {
  const t = useTranslations('workload')
  const words = usePolicyWords()
  const options = useOptions(field)
  const mode = MODES.find((one) => one === value)
  return (
    <Field label={<VisuallyHidden>{words.name(field)}</VisuallyHidden>} hint={field === 'mode' && mode ? t(`modeSays.${mode}`) : undefined}>
      {(wired) => (
        <Select {...wired} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

function useOptions(field: ChoiceField): { value: string; label: string }[] {
  const t = useTranslations('workload')
  switch (field) {
    case 'mode':
      return MODES.map((value) => ({ value, label: t(`mode.${value}`) }))
    case 'onInconclusive':
      return (['hold', 'pass'] as const).map((value) => ({ value, label: t(`policy.onInconclusive.${value}`) }))
    case 'onOwned':
      return (['refuse', 'warn'] as const).map((value) => ({ value, label: t(`policy.onOwned.${value}`) }))
    case 'whenBlind':
      return (['hold', 'go_on'] as const).map((value) => ({ value, label: t(`policy.whenBlind.${value}`) }))
  }
}
