'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'

interface RowFrameProps {
  title: string
  remove: string
  onRemove: () => void
  children: ReactNode
}

/** One row of several, which can be taken away. */
export function RowFrame({ title, remove, onRemove, children }: RowFrameProps) {
  return (
    <li className="relative rounded-control border border-line px-3 pt-2 pb-3">
      <fieldset className="@container min-w-0">
        <legend className="sr-only">{title}</legend>
        <div className="mb-1 flex items-center justify-between gap-2">
          <span aria-hidden className="text-[0.8125rem] font-semibold text-text-2">
            {title}
          </span>
          <button
            type="button"
            aria-label={remove}
            onClick={onRemove}
            className="-mr-2 grid size-11 place-items-center rounded-control text-text-2 hover:bg-sunken hover:text-text sm:size-9"
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
        {children}
      </fieldset>
    </li>
  )
}
