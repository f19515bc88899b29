'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { workloadsQuery } from '../../lib/client/workloads.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { Choice } from '../ui/choice.tsx'
import { Field, Select } from '../ui/field.tsx'
import { RANGE_DAYS, type RangeAsked } from './range-search.ts'

/** Which decisions are replayed: of how long, and of which workloads. */
export function RangeFilter({ asked, onChange }: { asked: RangeAsked; onChange: (change: Partial<RangeAsked>) => void }) {
  const t = useTranslations('replay.rangePage')
  const { data } = useQuery(workloadsQuery({ limit: '200' }))
  const known = data?.items.map(({ ref }) => ref) ?? []
  const namespaces = withAsked([...new Set(known.map(({ namespace }) => namespace))], asked.namespace)
  const names = withAsked(
    known.filter(({ namespace }) => namespace === asked.namespace).map(({ name }) => name),
    asked.name,
  )
  return (
    <Card aria-labelledby="range-filter">
      <CardHeader id="range-filter" title={t('filter')} />
      <CardBody className="space-y-3">
        <Choice
          label={t('days')}
          value={String(asked.days)}
          onChange={(days) => onChange({ days: Number(days) })}
          options={RANGE_DAYS.map((days) => ({ value: String(days), label: t('daysOption', { days }) }))}
        />
        <Chosen
          label={t('namespace')}
          all={t('all')}
          values={namespaces}
          value={asked.namespace}
          onChange={(namespace) => onChange({ namespace, name: null })}
        />
        {asked.namespace !== null && (
          <Chosen label={t('workload')} all={t('all')} values={names} value={asked.name} onChange={(name) => onChange({ name })} />
        )}
      </CardBody>
    </Card>
  )
}

interface ChosenProps {
  label: string
  all: string
  values: readonly string[]
  value: string | null
  onChange: (value: string | null) => void
}

function Chosen({ label, all, values, value, onChange }: ChosenProps) {
  return (
    <Field label={label}>
      {(wired) => (
        <Select {...wired} value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
          <option value="">{all}</option>
          {values.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

/** One that was sent in a link and is no more is shown all the same. */
function withAsked(known: readonly string[], asked: string | null): readonly string[] {
  return asked === null || known.includes(asked) ? known : [...known, asked]
}
