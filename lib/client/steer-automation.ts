import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { postControl } from '../contracts/control.ts'
import { call, type Output } from './api.ts'
import { controlQuery } from './control.ts'

export type ControlCommand = z.output<(typeof postControl)['body']>
export type ControlChanged = Output<typeof postControl>

/** Pauses, resumes or switches dry run, on the version that was seen. Refused or not, the control shown is fetched anew. */
export function useSteerAutomation() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (command: ControlCommand) => call(postControl, { body: command }),
    onSuccess: ({ control }) => client.setQueryData(controlQuery().queryKey, control),
    onSettled: () => client.invalidateQueries({ queryKey: controlQuery().queryKey }),
  })
}
