'use client'

import { Check, Copy } from 'lucide-react'
import { Fragment, useState } from 'react'
import { useTranslations } from 'use-intl'
import { VisuallyHidden } from './visually-hidden.tsx'

/** A text that one takes along, such as a command or an id. */
export function CopyText({ text }: { text: string }) {
  const t = useTranslations('common')
  const [isCopied, setCopied] = useState(false)
  const copy = () => {
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <span className="inline-flex max-w-full items-center gap-1 rounded-control bg-sunken pl-2 font-mono text-[0.8125rem]">
      <span className="min-w-0">
        {text.split(' ').map((word, index) => (
          // Words wrap whole; only one that is longer than the line breaks inside.
          // biome-ignore lint/suspicious/noArrayIndexKey: the words of a text that never changes
          <Fragment key={index}>
            {index > 0 && ' '}
            <span className="inline-block max-w-full break-all">{word}</span>
          </Fragment>
        ))}
      </span>
      <button
        type="button"
        onClick={copy}
        aria-label={t('copy')}
        className="touch-target grid w-9 shrink-0 place-items-center rounded-control text-text-2 hover:text-text max-sm:w-11"
      >
        {isCopied ? <Check aria-hidden className="size-4 text-good" /> : <Copy aria-hidden className="size-4" />}
      </button>
      <span role="status">
        <VisuallyHidden>{isCopied ? t('copied') : ''}</VisuallyHidden>
      </span>
    </span>
  )
}
