'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { controlQuery } from '../../lib/client/control.ts'
import { controlState, pauseAt } from '../../lib/client/control-state.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useNow } from '../providers/clock.tsx'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { ControlDialog } from './control-dialog.tsx'

/** Pauses one workload, or resumes it; nothing for who may not. A page hands it to what shows the workload. */
export function PauseButton({ workload }: { workload: WorkloadRef }) {
  const t = useTranslations('control')
  const { data } = useQuery(controlQuery())
  const now = useNow()
  const mayChange = useMay('operator')
  const [isOpen, setOpen] = useState(false)
  if (!mayChange || data === undefined) return null
  const state = controlState(data, now)
  const scope = { level: 'workload' as const, workload }
  const isPaused = pauseAt(state, scope) !== null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t(isPaused ? 'resumeOf' : 'pauseOf', { scope: workload.name })}</Button>
      <ControlDialog open={isOpen} onOpenChange={setOpen} state={state} initial={{ kind: isPaused ? 'resume' : 'pause', scope }} />
    </>
  )
}
