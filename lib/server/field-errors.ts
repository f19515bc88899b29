import type { z } from 'zod'
import type { FieldError } from '../core/errors.ts'

type Issue = z.core.$ZodIssue

/** Every field that was wrong, by its path in the body (`alerts.0.labels`); an empty path is the value itself. */
export function fieldErrors(error: { issues: readonly Issue[] }): FieldError[] {
  return error.issues.flatMap((issue) => ofIssue(issue, []))
}

function ofIssue(issue: Issue, above: readonly PropertyKey[]): FieldError[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => fieldError([...path, key], 'is not known here'))
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return nearestBranch(issue.errors).flatMap((one) => ofIssue(one, path))
  return [fieldError(path, issue.message)]
}

/** The branch of a union that was missed by the fewest fields: most likely the one that was meant. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  return [...branches].sort((a, b) => a.length - b.length)[0] ?? []
}

function fieldError(path: readonly PropertyKey[], message: string): FieldError {
  return { path: path.map(String).join('.'), message }
}
