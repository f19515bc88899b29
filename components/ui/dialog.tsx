'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** What it is about, in a sentence. */
  description?: ReactNode
  children: ReactNode
  /** The buttons, the likely one last; `DialogCancel` is one. They stay in sight. */
  actions?: ReactNode
}

/** Asks for something before going on: in the middle of a screen, the whole of a phone. */
export function Dialog({ open, onOpenChange, title, description, children, actions }: DialogProps) {
  const t = useTranslations('common')
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-shade" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={rememberOpener}
          onCloseAutoFocus={focusOpener}
          className="fixed inset-0 z-40 flex animate-appear flex-col bg-surface sm:inset-auto sm:top-[8vh] sm:left-1/2 sm:max-h-[84vh] sm:w-[calc(100vw-2rem)] sm:max-w-lg sm:-translate-x-1/2 sm:rounded-card sm:border sm:border-line sm:shadow-lift"
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-2">
            <div className="min-w-0">
              <Radix.Title className="text-base leading-snug font-bold break-words">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-text-2">{description}</Radix.Description>}
            </div>
            <Radix.Close
              aria-label={t('close')}
              className="-mt-1.5 -mr-2 grid size-11 shrink-0 place-items-center rounded-control text-text-2 hover:bg-sunken hover:text-text sm:size-9"
            >
              <X aria-hidden className="size-4.5" />
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 space-y-4 overflow-y-auto px-5 pt-2 pb-5">{children}</div>
          {actions && (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] max-sm:*:flex-1 max-sm:*:last:flex-[2]">
              {actions}
            </div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Closes the dialog around it: `<DialogCancel><Button>…</Button></DialogCancel>`. */
export function DialogCancel({ children }: { children: ReactNode }) {
  return <Radix.Close asChild>{children}</Radix.Close>
}

/** What had the focus when a dialog opened. A dialog that takes another one's place was opened by the same. */
let opener: HTMLElement | null = null

function rememberOpener(): void {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || focused === document.body || focused.closest('[role="dialog"]')) return
  // An entry of a menu goes with its menu; the button of the menu stays.
  const menuButton = focused.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  opener = menuButton ? document.getElementById(menuButton) : focused
}

/** Radix would give it back to its own trigger, and none of these dialogs has one. */
function focusOpener(event: Event): void {
  event.preventDefault()
  opener?.focus()
}
