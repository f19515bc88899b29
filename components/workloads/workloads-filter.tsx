'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Field, Input, Select } from '../ui/field.tsx'
import { useWorkloadsUrl } from './url.ts'

/** Narrows the list by name and namespace. */
export function WorkloadsFilter({ namespaces }: { namespaces: readonly string[] }) {
  const t = useTranslations('workloads')
  const { filter, narrow } = useWorkloadsUrl()
  const [typed, setTyped] = useState(filter.search ?? '')
  // One that was sent in a link and is no more is shown all the same: else the list would be empty for no reason.
  const known = filter.namespace === null || namespaces.includes(filter.namespace) ? namespaces : [...namespaces, filter.namespace]
  return (
    <search className="grid grid-cols-1 gap-3 px-4 py-3.5 sm:grid-cols-[minmax(0,20rem)_minmax(0,16rem)]">
      <Field label={t('search')}>
        {(wired) => (
          <Input
            {...wired}
            type="search"
            autoComplete="off"
            spellCheck={false}
            maxLength={253}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              narrow({ search: event.target.value.trim() })
            }}
          />
        )}
      </Field>
      <Field label={t('namespace')}>
        {(wired) => (
          <Select {...wired} value={filter.namespace ?? ''} onChange={(event) => narrow({ namespace: event.target.value })}>
            <option value="">{t('allNamespaces')}</option>
            {known.map((namespace) => (
              <option key={namespace} value={namespace}>
                {namespace}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </search>
  )
}
