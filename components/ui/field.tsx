'use client'

import { type ComponentProps, type ReactNode, useId } from 'react'
import { useTranslations } from 'use-intl'
import { classNames } from './class-names.ts'

const BOX =
  'touch-target w-full min-w-0 rounded-control border border-edge bg-surface px-3 py-1.5 text-text placeholder:text-text-3 aria-invalid:border-bad disabled:bg-sunken disabled:text-text-3 max-sm:text-base'

interface Wired {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  optional?: boolean
  /** Gets what ties the control to its label, hint and error. */
  children: (wired: Wired) => ReactNode
}

/** A control with its label, and below it a hint or what is wrong. */
export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const t = useTranslations('common')
  const id = useId()
  const said = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter((one) => one !== null).join(' ')
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
        {optional && <span className="ml-1.5 font-normal text-text-3">{t('optional')}</span>}
      </label>
      {children({ id, 'aria-describedby': said || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-[0.8125rem] text-text-2">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-[0.8125rem] font-medium text-bad" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classNames(BOX, className)} {...rest} />
}

function TextArea({ className, rows = 2, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={rows} className={classNames(BOX, 'resize-y', className)} {...rest} />
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={classNames(BOX, className)} {...rest} />
}

const REASON_LIMIT = 500

interface ReasonFieldProps {
  value: string
  onChange: (value: string) => void
  label?: ReactNode
  hint?: ReactNode
  /** What the server said of it, or `common.reasonMissing` once somebody tried without. */
  error?: ReactNode
  isOptional?: boolean
}

/** Why a person does it: every change asks. */
export function ReasonField({ value, onChange, label, hint, error, isOptional = false }: ReasonFieldProps) {
  const t = useTranslations('common')
  return (
    <Field label={label ?? t('reason')} hint={hint ?? t('reasonHint')} error={error} optional={isOptional}>
      {(wired) => (
        <TextArea
          {...wired}
          name="reason"
          required={!isOptional}
          maxLength={REASON_LIMIT}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
