import { SnapbackError } from '../core/errors.ts'

/** Whether an upstream did not answer: an open question, not a failure of ours. */
export function isSilent(error: unknown): error is SnapbackError {
  return error instanceof SnapbackError && error.code === 'upstream_unavailable'
}

/** The answer; what else is said when the upstream does not give one. */
export async function heard<T, O>(asked: Promise<T>, otherwise: O): Promise<T | O> {
  try {
    return await asked
  } catch (error) {
    if (isSilent(error)) return otherwise
    throw error
  }
}
