import { type Control, firstControl } from '../../../core/control.ts'
import { scopeKey } from '../../../core/scope.ts'
import type { Tx } from '../../../ports.ts'
import { type Control as ControlRow, Prisma } from '../generated/client.ts'
import { fromControlChanges, toBreakerClosing, toControl, toPolicy } from '../rows/control.ts'
import { toJson } from '../rows/json.ts'
import { touch } from '../touched.ts'
import type { TxContext } from './context.ts'

/** The id of the one control row. */
const CONTROL_ID = 1

const LOCKS = { share: Prisma.sql`for share`, update: Prisma.sql`for update`, none: Prisma.empty }

export function controlQueries({ db, touched }: TxContext): Pick<Tx, 'control' | 'updateControl' | 'breakerClosing' | 'closeBreaker'> {
  const read = async (lock: keyof typeof LOCKS): Promise<Control | null> => {
    const [row] = await db.$queryRaw<Omit<ControlRow, 'id' | 'breakerClosed'>[]>`
      select version, enabled, dry_run as "dryRun", pauses, configured from control where id = ${CONTROL_ID} ${LOCKS[lock]}`
    return row ? toControl(row) : null
  }
  const write = async (version: number, data: Prisma.ControlUpdateManyMutationInput): Promise<boolean> => {
    const { count } = await db.control.updateMany({ where: { id: CONTROL_ID, version }, data: { ...data, version: version + 1 } })
    if (count > 0) touch(touched, 'control', String(CONTROL_ID))
    return count > 0
  }
  return {
    async control(lock) {
      const known = await read(lock ?? 'none')
      if (known) return known
      await insertFirstControl(db)
      return (await read(lock ?? 'none')) as Control
    },
    updateControl: (version, changes) => write(version, fromControlChanges(changes)),
    async breakerClosing() {
      return toBreakerClosing(await db.control.findUnique({ where: { id: CONTROL_ID }, select: { breakerClosed: true } }))
    },
    closeBreaker: (version, closing) => write(version, { breakerClosed: toJson(closing) }),
  }
}

/** Several replicas may start at once: the first one's row stays. */
async function insertFirstControl(db: TxContext['db']): Promise<void> {
  const { version, enabled, dryRun, pauses, configured } = firstControl(Date.now())
  await db.control.createMany({
    data: { id: CONTROL_ID, version, enabled, dryRun: toJson(dryRun), pauses: toJson(pauses), configured: toJson(configured) },
    skipDuplicates: true,
  })
}

export function policyQueries({ db, touched }: TxContext): Pick<Tx, 'policies' | 'savePolicy'> {
  return {
    async policies(scopes) {
      const rows = await db.policy.findMany({ where: { scopeKey: { in: scopes.map(scopeKey) } } })
      const stored = new Map(rows.map((row) => [row.scopeKey, toPolicy(row)]))
      return scopes.map((scope) => stored.get(scopeKey(scope)) ?? { scope, fields: {}, version: 0 })
    },
    async savePolicy(scope, fields, version) {
      const key = scopeKey(scope)
      const { count } =
        version === 0
          ? await db.policy.createMany({
              data: { scopeKey: key, scope: toJson(scope), fields: toJson(fields), version: 1 },
              skipDuplicates: true,
            })
          : await db.policy.updateMany({
              where: { scopeKey: key, version },
              data: { fields: toJson(fields), version: version + 1 },
            })
      if (count > 0) touch(touched, 'policy', key)
      return count > 0
    },
  }
}
