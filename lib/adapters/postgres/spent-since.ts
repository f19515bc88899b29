import { SPENDS_NOTHING, type Spending } from '../../core/breaker.ts'
import type { Instant } from '../../core/json.ts'
import type { Prisma } from './generated/client.ts'
import { toDate } from './rows/instant.ts'

/** Rollbacks that spend the budget, oldest first, without those that closing the breaker has let off. */
export async function spentSince(db: Prisma.TransactionClient, after: Instant): Promise<Spending[]> {
  const rows = await db.$queryRaw<{ id: string; openedAt: Date }[]>`
    select id, opened_at as "openedAt" from rollback
    where trigger = 'alert' and not dry_run and phase <> all(${[...SPENDS_NOTHING]}::text[])
      and opened_at > ${toDate(after)}::timestamptz
      and not exists (
        select 1 from control cross join lateral jsonb_array_elements(control.breaker_closed -> 'rollbacks') as one
        where one ->> 'id' = rollback.id::text
      )
    order by opened_at, id`
  return rows.map(({ id, openedAt }) => ({ id, at: openedAt.getTime() }))
}
