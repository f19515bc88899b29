'use client'

import { useState } from 'react'
import type { ControlState } from '../../lib/client/control-state.ts'
import { ControlOverview } from './control-overview.tsx'
import { DryRunForm } from './dry-run-form.tsx'
import { PauseForm } from './pause-form.tsx'
import { ResumeForm } from './resume-form.tsx'
import type { ControlView } from './view.ts'

interface ControlDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  state: ControlState
  /** Where it begins; the overview unless told. */
  initial?: ControlView | undefined
}

export function ControlDialog({ open, ...rest }: ControlDialogProps) {
  // Anew each time it opens: a form keeps the version of the control that it was opened on.
  return open ? <Opened {...rest} /> : null
}

function Opened({ onOpenChange, state, initial = { kind: 'overview' } }: Omit<ControlDialogProps, 'open'>) {
  const [view, setView] = useState<ControlView>(initial)
  const frame = { onOpenChange, state }
  switch (view.kind) {
    case 'overview':
      return <ControlOverview {...frame} onView={setView} />
    case 'pause':
      return <PauseForm {...frame} scope={view.scope} />
    case 'resume':
      return <ResumeForm {...frame} scope={view.scope} />
    case 'dry-run':
      return <DryRunForm {...frame} on={view.on} />
  }
}
