import { useMutation, useQueryClient } from '@tanstack/react-query'
import { putPolicy } from '../contracts/policy.ts'
import type { FieldError } from '../core/errors.ts'
import type { PolicyFields } from '../core/policy.ts'
import type { Scope } from '../core/scope.ts'
import { call } from './api.ts'
import { ApiError } from './api-error.ts'

interface Saving {
  scope: Scope
  /** All that the scope sets from now on. */
  fields: PolicyFields
  /** The version that was seen; 0 when the scope set nothing. */
  version: number
  reason: string
}

/** Sets the policy of a scope, on the version that was seen. Refused or not, what is shown is fetched anew. */
export function useSavePolicy() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (saving: Saving) => call(putPolicy, { body: saving }),
    onSettled: () => Promise.all(['policies', 'workloads'].map((noun) => client.invalidateQueries({ queryKey: [noun] }))),
  })
}

/** The fields of the policy that the server refused, by their paths in it. */
export function refusedFields(error: unknown): FieldError[] {
  if (!(error instanceof ApiError) || error.failure.kind !== 'refused') return []
  const { errors = [] } = error.failure.problem
  return errors
    .filter(({ path }) => path.startsWith('fields.'))
    .map(({ path, message }) => ({ path: path.slice('fields.'.length), message }))
}
