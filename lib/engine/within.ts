import { SnapbackError } from '../core/errors.ts'

/** The answer, if it comes in time; else throws `upstream_unavailable`. What was asked is left to its own time-out. */
export async function within<T>(ms: number, asked: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SnapbackError('upstream_unavailable', `no answer within ${ms / 1_000} s`)), ms)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}
