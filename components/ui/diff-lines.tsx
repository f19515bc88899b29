'use client'

import { useTranslations } from 'use-intl'
import { classNames } from './class-names.ts'
import { VisuallyHidden } from './visually-hidden.tsx'

export interface DiffLine {
  /** Where: `spec.containers[main].image`. */
  path: string
  /** Null: it was not there. */
  before: string | null
  /** Null: it is not there any more. */
  after: string | null
  masked?: boolean
}

/** What differs, a line that goes and a line that comes. */
export function DiffLines({ lines, label }: { lines: readonly DiffLine[]; label: string }) {
  const t = useTranslations('common')
  if (lines.length === 0) return <p className="text-text-2">{t('noDifference')}</p>
  return (
    <ul aria-label={label} className="space-y-1.5 font-mono text-[0.8125rem]">
      {lines.map((line) => (
        <li key={line.path} className="space-y-px">
          {line.before !== null && (
            <Line sign="−" word={t('removed')} path={line.path} text={line.before} masked={line.masked} className="bg-bad-soft text-bad" />
          )}
          {line.after !== null && (
            <Line sign="+" word={t('added')} path={line.path} text={line.after} masked={line.masked} className="bg-good-soft text-good" />
          )}
        </li>
      ))}
    </ul>
  )
}

interface LineProps {
  sign: string
  word: string
  path: string
  text: string
  masked?: boolean | undefined
  className: string
}

function Line({ sign, word, path, text, masked, className }: LineProps) {
  const t = useTranslations('common')
  return (
    <div className={classNames('flex gap-2 rounded-sm px-2 py-0.5', className)}>
      <span aria-hidden>{sign}</span>
      <VisuallyHidden>{word}</VisuallyHidden>
      <span className="min-w-0 wrap-anywhere whitespace-pre-wrap">
        {path}: {masked ? <em>{t('masked')}</em> : text}
      </span>
    </div>
  )
}
