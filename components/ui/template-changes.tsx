import { changeLine } from '../../lib/client/change-line.ts'
import type { TemplateChange } from '../../lib/core/template-diff.ts'
import { DiffLines } from './diff-lines.tsx'

/** What differs between two pod templates, in the order in which one asks: images, environment, the rest. */
export function TemplateChanges({ changes, label }: { changes: readonly TemplateChange[]; label: string }) {
  return <DiffLines label={label} lines={changes.map(changeLine)} />
}
