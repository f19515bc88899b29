'use client'

import { useRouter } from 'next/navigation'

export const LANGUAGES = [
  { value: 'en', label: 'English', lang: 'en' },
  { value: 'zh', label: '中文', lang: 'zh' },
] as const
type Language = (typeof LANGUAGES)[number]['value']

/** Keeps the choice in a cookie and lets the server render anew in that language. */
export function useChooseLanguage(): (language: Language) => void {
  const router = useRouter()
  return (language) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `locale=${language}; path=/; max-age=31536000; samesite=lax`
    router.refresh()
  }
}
