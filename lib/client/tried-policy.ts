import { z } from 'zod'
import { policyChange } from '../contracts/policy-change.ts'
import { scope } from '../contracts/scope.ts'
import type { TriedPolicy } from './replay.ts'

const tried = z.strictObject({ fields: policyChange, scope: scope.nullable() })

/** For an address: what is tried out can be sent to somebody. */
export function writeTried(policy: TriedPolicy): string {
  return JSON.stringify(z.encode(tried, policy))
}

/** Null: nothing is tried out, or the address was cut. */
export function readTried(text: string | null | undefined): TriedPolicy | null {
  if (!text) return null
  const parsed = tried.safeParse(parse(text))
  return parsed.success && (parsed.data.scope !== null || Object.keys(parsed.data.fields).length > 0) ? parsed.data : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
