import { Info } from 'lucide-react'

/** What whoever runs this wants everybody to know, over every page: a demo, a staging cluster. */
export function NoticeBar({ text }: { text: string }) {
  return (
    <p className="flex items-center justify-center gap-2 border-b border-line bg-accent-soft px-4 py-1.5 text-center text-[0.8125rem] text-text">
      <Info aria-hidden className="size-4 shrink-0 text-accent-strong" />
      {text}
    </p>
  )
}
