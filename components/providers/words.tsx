'use client'

import type { ComponentProps, ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import type en from '../../messages/en.json'

declare module 'use-intl' {
  interface AppConfig {
    Messages: typeof en
  }
}

interface WordsProps {
  locale: string
  messages: ComponentProps<typeof IntlProvider>['messages']
  children: ReactNode
}

/** A word that a newer replica wrote and that has no text here (a gate, say) stands as it is, without the group that it was looked for in. */
function wordItself({ key }: { key: string }): string {
  return key.split('.').at(-1) ?? key
}

/** Everything that people read, in the language that the server picked. */
export function Words({ locale, messages, children }: WordsProps) {
  return (
    <IntlProvider locale={locale} messages={messages} timeZone="UTC" getMessageFallback={wordItself}>
      {children}
    </IntlProvider>
  )
}
