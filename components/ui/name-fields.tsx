'use client'

import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { workloadsQuery } from '../../lib/client/workloads.ts'
import { Field, Input } from './field.tsx'

export interface Named {
  namespace: string
  name: string
}

interface NameFieldsProps {
  level: 'namespace' | 'workload'
  named: Named
  onChange: (named: Named) => void
  wasTried: boolean
}

/** Names with what is known for choice; others may be typed, since a pause or a policy may come before the workload. */
export function NameFields({ level, named, onChange, wasTried }: NameFieldsProps) {
  const t = useTranslations('control.pauseForm')
  const id = useId()
  const { data } = useQuery(workloadsQuery({ limit: '200' }))
  const known = data?.items.map(({ ref }) => ref) ?? []
  const namespaces = [...new Set(known.map(({ namespace }) => namespace))]
  const names = known.filter(({ namespace }) => namespace === named.namespace).map(({ name }) => name)
  return (
    <>
      <Field label={t('namespaceName')} error={wasTried && named.namespace === '' && t('namespaceMissing')}>
        {(wired) => (
          <>
            <Input
              {...wired}
              list={`${id}-namespaces`}
              autoComplete="off"
              value={named.namespace}
              onChange={(event) => onChange({ ...named, namespace: event.target.value.trim() })}
            />
            <Suggestions id={`${id}-namespaces`} values={namespaces} />
          </>
        )}
      </Field>
      {level === 'workload' && (
        <Field label={t('workloadName')} error={wasTried && named.name === '' && t('workloadMissing')}>
          {(wired) => (
            <>
              <Input
                {...wired}
                list={`${id}-workloads`}
                autoComplete="off"
                value={named.name}
                onChange={(event) => onChange({ ...named, name: event.target.value.trim() })}
              />
              <Suggestions id={`${id}-workloads`} values={names} />
            </>
          )}
        </Field>
      )}
    </>
  )
}

function Suggestions({ id, values }: { id: string; values: readonly string[] }) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  )
}
