import { CircleAlert, CircleCheck, FlaskConical, Info, Pause } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { SOFT, TEXT, type Tone } from './tone.ts'

const ICON: Record<Tone, typeof Info> = {
  good: CircleCheck,
  bad: CircleAlert,
  busy: CircleAlert,
  hold: Pause,
  dry: FlaskConical,
  accent: Info,
}

interface NoticeProps {
  tone: Tone
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
  /** `alert` for what just went wrong, `status` for what just happened; none for what was there already. */
  role?: 'alert' | 'status'
}

/** Something that one should know before going on. */
export function Notice({ tone, title, children, actions, role }: NoticeProps) {
  const Icon = ICON[tone]
  return (
    <div role={role} className={classNames('flex gap-3 rounded-card px-4 py-3', SOFT[tone])}>
      <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', TEXT[tone])} />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{title}</p>
        {children && <div className="mt-0.5 break-words text-text">{children}</div>}
        {actions && <div className="mt-2.5 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  )
}
