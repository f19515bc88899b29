'use client'

import { Activity, Boxes, SlidersHorizontal } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { classNames } from '../ui/class-names.ts'

const PLACES = [
  {
    key: 'now',
    href: '/',
    icon: Activity,
    isHere: (path: string) => path === '/' || path.startsWith('/incidents') || path.startsWith('/rollbacks'),
  },
  { key: 'workloads', href: '/workloads', icon: Boxes, isHere: (path: string) => path.startsWith('/workloads') },
  {
    key: 'policies',
    href: '/policies',
    icon: SlidersHorizontal,
    isHere: (path: string) => path.startsWith('/policies') || path.startsWith('/replay'),
  },
] as const

/** In the bar of a screen, at the bottom of a phone. */
export function Navigation({ place }: { place: 'top' | 'bottom' }) {
  const t = useTranslations('shell')
  const path = usePathname()
  const isTop = place === 'top'
  return (
    <nav
      aria-label={t('navigation')}
      className={
        isTop
          ? 'hidden sm:block'
          : 'fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden'
      }
    >
      <ul className={classNames('flex', isTop ? 'gap-1' : 'h-14')}>
        {PLACES.map(({ key, href, icon: Icon, isHere }) => {
          const isCurrent = isHere(path)
          return (
            <li key={key} className={isTop ? undefined : 'flex-1'}>
              <Link
                href={href}
                aria-current={isCurrent ? 'page' : undefined}
                className={classNames(
                  isTop
                    ? 'flex min-h-9 items-center rounded-control px-3 text-text-2 hover:text-text'
                    : 'flex h-full flex-col items-center justify-center gap-0.5 text-xs text-text-2',
                  isCurrent && (isTop ? 'bg-sunken font-semibold text-text' : 'font-semibold text-accent-strong'),
                )}
              >
                {!isTop && <Icon aria-hidden className="size-5" />}
                {t(key)}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
