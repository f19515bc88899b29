'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'

export interface Crumb {
  text: string
  /** None: a name without a page. */
  href?: string
}

interface PageLeadProps {
  crumbs?: readonly Crumb[]
  /** Beside the crumbs: a badge. */
  status?: ReactNode
  /** One sentence that a tired person understands. `<Good>` and `<Bad>` of coloured.tsx mark its parts. */
  headline: ReactNode
  subline?: ReactNode
  actions?: ReactNode
}

/** The top of every page: where one is, what happened, what one can do. */
export function PageLead({ crumbs = [], status, headline, subline, actions }: PageLeadProps) {
  const t = useTranslations('common')
  const hasTop = crumbs.length > 0 || status
  return (
    <header className="mb-5">
      {hasTop && (
        <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
          {crumbs.length > 0 && (
            <nav aria-label={t('breadcrumb')}>
              <ol className="flex flex-wrap items-center gap-x-2 text-[0.8125rem] text-text-2">
                {crumbs.map((crumb, index) => (
                  <li key={crumb.text} className="flex min-w-0 items-center gap-x-2 break-all">
                    {index > 0 && <span aria-hidden>/</span>}
                    {crumb.href ? (
                      <Link href={crumb.href} className="rounded-sm py-1 hover:text-text hover:underline">
                        {crumb.text}
                      </Link>
                    ) : (
                      crumb.text
                    )}
                  </li>
                ))}
              </ol>
            </nav>
          )}
          {status}
        </div>
      )}
      <h1 className="max-w-[46rem] text-xl leading-tight font-bold tracking-[-0.01em] break-words sm:text-[1.4375rem]">{headline}</h1>
      {subline && <div className="mt-1.5 max-w-[46rem] text-text-2">{subline}</div>}
      {actions && <div className="mt-3.5 flex flex-wrap gap-2">{actions}</div>}
    </header>
  )
}
