'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { PolicyField } from '../../lib/client/policy-levels.ts'
import { DEFAULT_POLICY, type StoredPolicy } from '../../lib/core/policy.ts'
import { type Scope, scopeKey } from '../../lib/core/scope.ts'
import { usePolicyWords } from '../ui/policy-words.tsx'
import { policyPath } from '../ui/scope-path.ts'
import { type Column, Table } from '../ui/table.tsx'

/** Namespaces and workloads that set something, each with what. */
export function NearerScopes({ policies }: { policies: readonly StoredPolicy[] }) {
  const t = useTranslations('policies.nearer')
  const columns: Column<StoredPolicy>[] = [
    { key: 'scope', header: t('scope'), isName: true, cell: ({ scope }) => <ScopeLink scope={scope} /> },
    { key: 'sets', header: t('sets'), isPlain: true, cell: ({ fields }) => <Sets fields={fields} /> },
  ]
  const rows = [...policies].sort((a, b) => sortKey(a.scope).localeCompare(sortKey(b.scope)))
  return <Table caption={t('title')} columns={columns} rows={rows} rowKey={({ scope }) => scopeKey(scope)} />
}

/** A namespace before its workloads. */
function sortKey(scope: Scope): string {
  if (scope.level === 'workload') return `${scope.workload.namespace}/${scope.workload.name}`
  return scope.level === 'namespace' ? scope.namespace : ''
}

function ScopeLink({ scope }: { scope: Scope }) {
  const t = useTranslations('policies.nearer')
  if (scope.level === 'cluster') return null
  const [name, below] = scope.level === 'namespace' ? [scope.namespace, t('all')] : [scope.workload.name, scope.workload.namespace]
  return (
    <Link href={policyPath(scope)} className="group block min-h-11 rounded-sm wrap-anywhere">
      <span className="group-hover:underline">{name}</span>
      <span className="block text-[0.8125rem] font-normal text-text-2">{below}</span>
    </Link>
  )
}

function Sets({ fields }: Pick<StoredPolicy, 'fields'>) {
  const words = usePolicyWords()
  const policy = { ...DEFAULT_POLICY, ...fields }
  return (
    <ul className="space-y-0.5">
      {(Object.keys(DEFAULT_POLICY) as PolicyField[])
        .filter((field) => field in fields)
        .map((field) => (
          <li key={field}>
            <span className="text-text-2">{words.name(field)}</span> <span className="font-semibold">{words.value(field, policy)}</span>
          </li>
        ))}
    </ul>
  )
}
