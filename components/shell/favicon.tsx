'use client'

import { useEffect } from 'react'
import { useOpenIncidents } from '../providers/open-incidents.tsx'

/** The icon in the browser's tab has a red mark while an incident is open. */
export function Favicon() {
  const isOpen = useOpenIncidents() > 0
  // The external system is the document's head, which the server's layout has written.
  useEffect(() => {
    const link = document.head.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (link) link.href = isOpen ? '/icon-open.svg' : '/icon.svg'
  }, [isOpen])
  return null
}
