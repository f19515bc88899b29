import { useMutation, useQueryClient } from '@tanstack/react-query'
import { postAbort, postApprove, postDecline } from '../contracts/rollback.ts'
import { call } from './api.ts'

const ANSWERS = { approve: postApprove, decline: postDecline, abort: postAbort }

interface Answer {
  id: string
  answer: keyof typeof ANSWERS
  reason: string
}

/** Says yes or no to a proposal, or stops a rollback before its patch. What it belongs to is fetched anew, refused or not. */
export function useAnswerRollback() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, answer, reason }: Answer) => call(ANSWERS[answer], { params: { id }, body: { reason } }),
    onSettled: async () => {
      await Promise.all(['rollbacks', 'incidents', 'workloads'].map((noun) => client.invalidateQueries({ queryKey: [noun] })))
    },
  })
}
