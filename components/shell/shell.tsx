'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { controlQuery } from '../../lib/client/control.ts'
import { controlState } from '../../lib/client/control-state.ts'
import { useNow } from '../providers/clock.tsx'
import { Brand } from '../ui/brand.tsx'
import { classNames } from '../ui/class-names.ts'
import { AccountMenu } from './account-menu.tsx'
import { Favicon } from './favicon.tsx'
import { LiveMark, StaleBar } from './live-mark.tsx'
import { Navigation } from './navigation.tsx'

interface ShellProps {
  /** The state of automation, top right. */
  control: ReactNode
  /** The same in words, under the bar. */
  strip: ReactNode
  children: ReactNode
}

/** What stands around every page. */
export function Shell({ control, strip, children }: ShellProps) {
  const t = useTranslations('shell')
  return (
    <>
      <a
        href="#content"
        className="sr-only z-50 rounded-control bg-accent px-4 py-2 font-semibold text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('skip')}
      </a>
      <Favicon />
      <header className={classNames('sticky top-0 z-30 border-b border-line', useBarLook())}>
        <div className="mx-auto flex h-14 max-w-[68rem] items-center gap-2 px-4 sm:gap-4">
          <Link
            href="/"
            aria-label={t('home')}
            className="flex min-h-11 shrink-0 items-center gap-2 rounded-control font-bold tracking-[-0.01em]"
          >
            <Brand className="size-5 text-accent" />
            <span className="max-[22rem]:sr-only">Snapback</span>
          </Link>
          <Navigation place="top" />
          <div className="ml-auto flex min-w-0 items-center gap-1 sm:gap-2">
            <LiveMark />
            {control}
            <AccountMenu />
          </div>
        </div>
      </header>
      <StaleBar />
      {strip}
      <main id="content" tabIndex={-1} className="mx-auto max-w-[68rem] px-4 pt-6 pb-24 outline-none sm:pb-12">
        {children}
      </main>
      <Navigation place="bottom" />
    </>
  )
}

/** In a dry run the whole bar has the pattern, so that nobody takes it for the real thing. */
function useBarLook(): string {
  const { data } = useQuery(controlQuery())
  const now = useNow()
  const state = data && controlState(data, now)
  if (state?.control.isDryRun) return 'dry-pattern'
  return state && state.kind !== 'acting' ? 'bg-hold-soft' : 'bg-surface'
}
