import type { PolicyDraft } from '../../lib/client/policy-draft.ts'
import type { PolicyField } from '../../lib/client/policy-levels.ts'
import type { FieldError } from '../../lib/core/errors.ts'

/** What the controls of a policy's fields need, wherever they stand. */
export interface FieldEditing {
  edit: <F extends PolicyField>(field: F, draft: PolicyDraft[F]) => void
  errors: readonly FieldError[]
  mayComplain: (field: PolicyField) => boolean
}
