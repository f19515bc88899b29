'use client'

import { useTranslations } from 'use-intl'
import { type FreezeRow, newFreezeRow } from '../../lib/client/policy-draft.ts'
import { WEEKDAYS } from '../../lib/core/freeze.ts'
import { ROW_LIMITS } from '../../lib/core/policy-bounds.ts'
import { useZone } from '../providers/clock.tsx'
import { Button } from '../ui/button.tsx'
import { Field, Input, Select } from '../ui/field.tsx'
import type { FieldEditing } from './field-editing.ts'
import { useFieldErrors } from './field-errors.ts'
import { RowFrame } from './row-frame.tsx'

/** Times in which nothing is done by itself: every week, or once. */
export function FreezeRows({ rows, editing }: { rows: readonly FreezeRow[]; editing: FieldEditing }) {
  const t = useTranslations('policies.edit.freeze')
  const zone = useZone()
  const set = (next: readonly FreezeRow[]) => editing.edit('freeze', next)
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
            <Freeze
              row={row}
              path={`freeze.${index}`}
              editing={editing}
              onChange={(change) => set(rows.map((one) => (one.key === row.key ? { ...one, ...change } : one)))}
            />
          </RowFrame>
        ))}
      </ul>
      {rows.length < ROW_LIMITS.freeze && (
        <Button onClick={() => set([...rows, newFreezeRow(Math.max(-1, ...rows.map(({ key }) => key)) + 1, zone)])}>{t('add')}</Button>
      )}
    </div>
  )
}

interface FreezeProps {
  row: FreezeRow
  path: string
  editing: FieldEditing
  onChange: (change: Partial<FreezeRow>) => void
}

function Freeze({ row, path, editing, onChange }: FreezeProps) {
  const t = useTranslations('policies.edit.freeze')
  const errorOf = useFieldErrors(editing)
  const zone = useZone()
  const text = (column: 'from' | 'to' | 'timeZone' | 'startsAt' | 'endsAt' | 'reason', type = 'text', hint?: string) => (
    <Field label={t(column)} error={errorOf(`${path}.${column}`)} hint={hint}>
      {(wired) => (
        <Input
          {...wired}
          type={type}
          autoComplete="off"
          value={row[column]}
          onChange={(event) => onChange({ [column]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <div className="grid gap-3 @md:grid-cols-2">
      <Field label={t('kind')}>
        {(wired) => (
          <Select {...wired} value={row.kind} onChange={(event) => onChange({ kind: event.target.value === 'once' ? 'once' : 'weekly' })}>
            <option value="weekly">{t('weekly')}</option>
            <option value="once">{t('once')}</option>
          </Select>
        )}
      </Field>
      {text('reason')}
      {row.kind === 'weekly' ? (
        <>
          <Days row={row} error={errorOf(`${path}.days`)} onChange={onChange} />
          <div className="grid grid-cols-2 items-start gap-3">
            {text('from', 'time')}
            {text('to', 'time')}
          </div>
          {text('timeZone')}
        </>
      ) : (
        <>
          {text('startsAt', 'datetime-local', t('zone', { zone }))}
          {text('endsAt', 'datetime-local', t('zone', { zone }))}
        </>
      )}
    </div>
  )
}

function Days({ row, error, onChange }: Pick<FreezeProps, 'row' | 'onChange'> & { error: string | null }) {
  const t = useTranslations('policies')
  const id = `freeze-${row.key}-days`
  return (
    <fieldset className="min-w-0 @md:col-span-2" aria-describedby={error ? id : undefined}>
      <legend className="mb-1 font-semibold">{t('edit.freeze.days')}</legend>
      <div className="flex flex-wrap gap-1.5">
        {WEEKDAYS.map((day) => (
          <label
            key={day}
            className="touch-target relative flex min-w-11 cursor-pointer items-center justify-center rounded-control border border-line-strong px-2 has-checked:border-accent has-checked:bg-accent-soft has-checked:font-semibold has-checked:text-accent-strong has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="checkbox"
              className="absolute inset-0 cursor-pointer opacity-0"
              aria-invalid={error ? true : undefined}
              checked={row.days.includes(day)}
              onChange={({ target }) => onChange({ days: target.checked ? [...row.days, day] : row.days.filter((one) => one !== day) })}
            />
            {t(`days.${day}`)}
          </label>
        ))}
      </div>
      {error && (
        <p id={id} role="alert" className="mt-1 text-[0.8125rem] font-medium text-bad">
          {error}
        </p>
      )}
    </fieldset>
  )
}
