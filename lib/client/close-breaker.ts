import { useMutation, useQueryClient } from '@tanstack/react-query'
import { postBreaker } from '../contracts/breaker.ts'
import { call } from './api.ts'
import { breakerQuery } from './breaker.ts'

interface Closing {
  reason: string
  /** Of the breaker that was seen. */
  version: number
}

/** Closes the breaker before its time. Refused or not, what is shown of it is fetched anew. */
export function useCloseBreaker() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ reason, version }: Closing) => call(postBreaker, { body: { action: 'close', reason, version } }),
    onSuccess: (breaker) => client.setQueryData(breakerQuery().queryKey, breaker),
    onSettled: () => client.invalidateQueries({ queryKey: breakerQuery().queryKey }),
  })
}
