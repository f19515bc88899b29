import './globals.css'
import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { ClockProvider } from '../components/providers/clock.tsx'
import { ThemeProvider } from '../components/providers/theme.tsx'
import { Words } from '../components/providers/words.tsx'
import { NoticeBar } from '../components/ui/notice-bar.tsx'
import { TooltipProvider } from '../components/ui/tooltip.tsx'
import { readPreferences } from '../lib/server/preferences.ts'
import en from '../messages/en.json'
import zh from '../messages/zh.json'

const MESSAGES = { en, zh }

export const metadata: Metadata = {
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#16181b' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { locale, theme, zone, notice } = await readPreferences()
  return (
    <html
      lang={locale}
      data-theme={theme === 'system' ? undefined : theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <head>
        {/* Not as metadata: that is made anew with each page, beside the one that the shell has changed. */}
        <link rel="icon" type="image/svg+xml" href="/icon.svg" />
      </head>
      <body>
        <Words locale={locale} messages={MESSAGES[locale]}>
          <ClockProvider renderedAt={Date.now()} zone={zone}>
            <ThemeProvider theme={theme}>
              <TooltipProvider>
                {notice !== null && <NoticeBar text={notice} />}
                {children}
              </TooltipProvider>
            </ThemeProvider>
          </ClockProvider>
        </Words>
      </body>
    </html>
  )
}
