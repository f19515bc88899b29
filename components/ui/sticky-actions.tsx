import type { ReactNode } from 'react'

/**
 * The one or two likely actions: at the bottom of a phone above the navigation, 44 px high; nothing on a screen, where they
 * stand in the page's lead.
 */
export function StickyActions({ children }: { children: ReactNode }) {
  return (
    <>
      <div aria-hidden className="h-16 sm:hidden" />
      <div className="fixed inset-x-0 bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-20 flex gap-2 border-t border-line bg-surface px-4 py-2.5 *:min-w-0 *:flex-1 sm:hidden">
        {children}
      </div>
    </>
  )
}
