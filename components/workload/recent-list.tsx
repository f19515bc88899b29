'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

interface RecentListProps<T> {
  id: string
  title: string
  query: UseQueryResult<{ items: T[] }>
  empty: string
  line(item: T): ReactNode
}

/** The latest of something that a workload went through, a line each. */
export function RecentList<T extends { id: string }>({ id, title, query, empty, line }: RecentListProps<T>) {
  return (
    <Card aria-labelledby={id}>
      <CardHeader id={id} title={title} />
      <CardBody>
        <QueryState
          query={query}
          loading={<SkeletonRows rows={3} />}
          isEmpty={({ items }) => items.length === 0}
          empty={<p className="text-text-2">{empty}</p>}
        >
          {({ items }) => (
            <ul>
              {items.map((item) => (
                <li key={item.id} className="border-b border-line last:border-0">
                  {line(item)}
                </li>
              ))}
            </ul>
          )}
        </QueryState>
      </CardBody>
    </Card>
  )
}
