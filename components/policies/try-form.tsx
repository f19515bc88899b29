'use client'

import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { draftOf, type PolicyEdits, readEdits } from '../../lib/client/policy-draft.ts'
import type { PolicyField } from '../../lib/client/policy-levels.ts'
import type { TriedPolicy } from '../../lib/client/replay.ts'
import { DEFAULT_POLICY, type Policy, type PolicyFields } from '../../lib/core/policy.ts'
import { useZone } from '../providers/clock.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { Field, Select } from '../ui/field.tsx'
import { usePolicyWords } from '../ui/policy-words.tsx'
import { useScopeName } from '../ui/scope-name.tsx'
import { FieldInput } from './field-input.tsx'

const FIELDS = Object.keys(DEFAULT_POLICY) as PolicyField[]

interface TryFormProps {
  /** What is tried now. */
  tried: TriedPolicy | null
  /** What a setting begins with when it is added. */
  from: Policy
  onTry: (edit: TriedPolicy | null) => void
}

/** Settings to try out on what was decided: any of them, as many as one likes. Nothing is saved. */
export function TryForm({ tried, from, onTry }: TryFormProps) {
  const t = useTranslations('replay.try')
  const words = usePolicyWords()
  const scopeName = useScopeName()
  const zone = useZone()
  const [edits, setEdits] = useState<PolicyEdits>(() => editsOf(tried?.fields ?? {}, zone))
  const [wasTried, setTried] = useState(false)
  const { fields, errors } = readEdits({}, edits, zone)
  const shown = FIELDS.filter((field) => field in edits)
  const scope = tried?.scope ?? null
  const edit = <F extends PolicyField>(field: F, draft: PolicyEdits[F]) => setEdits((before) => ({ ...before, [field]: draft }))
  const remove = (field: PolicyField) => setEdits(({ [field]: _gone, ...others }) => others)
  const run = () => {
    setTried(true)
    if (errors.length === 0) onTry({ fields, scope })
  }
  const reset = () => {
    setEdits({})
    onTry(null)
  }
  return (
    <Card aria-labelledby="try">
      <CardHeader id="try" title={t('title')} />
      <CardBody className="space-y-4">
        <p className="text-text-2">{scope === null ? t('detail') : t('ofScope', { scope: scopeName(scope) })}</p>
        {shown.map((field) => {
          const draft = edits[field]
          return draft == null ? null : (
            <Tried key={field} field={field} onRemove={() => remove(field)}>
              <FieldInput
                field={field}
                draft={draft}
                scope={scope ?? { level: 'cluster' }}
                editing={{ edit, errors, mayComplain: () => wasTried }}
              />
            </Tried>
          )
        })}
        <Field label={t('add')}>
          {(wired) => (
            <Select
              {...wired}
              value=""
              onChange={({ target }) => edit(target.value as PolicyField, draftOf(from, zone)[target.value as PolicyField])}
            >
              <option value="">{t('choose')}</option>
              {FIELDS.filter((field) => !shown.includes(field)).map((field) => (
                <option key={field} value={field}>
                  {words.name(field)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {(shown.length > 0 || tried !== null) && (
          <div className="flex flex-wrap gap-2">
            {(shown.length > 0 || scope !== null) && (
              <Button variant="primary" onClick={run}>
                {t('run', { count: shown.length })}
              </Button>
            )}
            {tried !== null && (
              <Button variant="ghost" onClick={reset}>
                {t('reset')}
              </Button>
            )}
          </div>
        )}
      </CardBody>
    </Card>
  )
}

function Tried({ field, onRemove, children }: { field: PolicyField; onRemove: () => void; children: React.ReactNode }) {
  const t = useTranslations('replay.try')
  const words = usePolicyWords()
  const id = useId()
  return (
    <section aria-labelledby={id} className="border-b border-line pb-4">
      <div className="flex items-center justify-between gap-2">
        <h3 id={id} className="font-semibold">
          {words.name(field)}
        </h3>
        <button
          type="button"
          aria-label={t('remove', { field: words.name(field) })}
          onClick={onRemove}
          className="-mr-2 grid size-11 shrink-0 place-items-center rounded-control text-text-2 hover:bg-sunken hover:text-text sm:size-9"
        >
          <X aria-hidden className="size-4" />
        </button>
      </div>
      {children}
    </section>
  )
}

function editsOf(fields: PolicyFields, zone: string): PolicyEdits {
  const draft = draftOf({ ...DEFAULT_POLICY, ...fields }, zone)
  return Object.fromEntries(FIELDS.filter((field) => field in fields).map((field) => [field, draft[field]]))
}
