'use client'

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const ThemeContext = createContext<{ theme: Theme; choose(theme: Theme): void }>({ theme: 'system', choose() {} })

/** Keeps the choice in a cookie, so that the server's first answer has the right colours. */
export function ThemeProvider({ theme: told, children }: { theme: Theme; children: ReactNode }) {
  const [theme, setTheme] = useState(told)
  const value = useMemo(() => ({ theme, choose: (next: Theme) => setTheme(remember(next)) }), [theme])
  return <ThemeContext value={value}>{children}</ThemeContext>
}

export function useTheme() {
  return useContext(ThemeContext)
}

function remember(theme: Theme): Theme {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  return theme
}
