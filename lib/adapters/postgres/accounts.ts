import type { AuditDraft } from '../../core/audit.ts'
import { SnapbackError } from '../../core/errors.ts'
import type { Accounts } from '../../ports.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { toApiToken, toUser } from './rows/account.ts'
import { toDate } from './rows/instant.ts'
import { fromAuditDraft } from './rows/record.ts'
import { isUuid } from './rows/uuid.ts'
import { storing } from './storage-error.ts'

/** People and keys. Every change commits together with its audit entry. */
export function createAccounts(prisma: PrismaClient): Accounts {
  return { ...userQueries(prisma), ...tokenQueries(prisma) }
}

type UserQueries = Pick<Accounts, 'countUsers' | 'userByEmail' | 'user' | 'users' | 'createUser' | 'updateUser'>

function userQueries(prisma: PrismaClient): UserQueries {
  return {
    countUsers: () => storing(() => prisma.user.count()),
    async userByEmail(email) {
      const row = await storing(() => prisma.user.findUnique({ where: { email: normal(email) } }))
      return row && { user: toUser(row), passwordHash: row.passwordHash }
    },
    async user(id) {
      const row = isUuid(id) ? await storing(() => prisma.user.findUnique({ where: { id } })) : null
      return row && toUser(row)
    },
    async users() {
      const rows = await storing(() => prisma.user.findMany({ orderBy: { email: 'asc' } }))
      return rows.map(toUser)
    },
    async createUser({ email, passwordHash, role, at }, audit, beforeCommit) {
      const data = { email: normal(email), passwordHash, role, createdAt: toDate(at) }
      return toUser(await audited(prisma, audit, (db) => db.user.create({ data }), beforeCommit))
    },
    async updateUser(id, { role, disabledAt, passwordHash }, audit) {
      if (!isUuid(id)) return null
      const data = { role, disabledAt: toDate(disabledAt), passwordHash }
      const row = await audited(prisma, audit, async (db) => {
        const admins = await lockAdmins(db)
        const [updated] = await db.user.updateManyAndReturn({ where: { id }, data })
        if (updated && admins.every((admin) => admin === id) && admins.length > 0 && !isAdmin(updated)) throw lastAdmin()
        return updated
      })
      return row === undefined ? null : toUser(row)
    },
  }
}

/** Locked in one order, so that two admins cannot remove each other at the same time. */
async function lockAdmins(db: Prisma.TransactionClient): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id from "user" where role = 'admin' and disabled_at is null order by id for update`
  return rows.map(({ id }) => id)
}

function isAdmin({ role, disabledAt }: { role: string; disabledAt: Date | null }): boolean {
  return role === 'admin' && disabledAt === null
}

function lastAdmin(): SnapbackError {
  return new SnapbackError('conflict', 'this would leave nobody who is admin')
}

type TokenQueries = Pick<Accounts, 'createToken' | 'useToken' | 'tokens' | 'revokeToken'>

function tokenQueries(prisma: PrismaClient): TokenQueries {
  return {
    async createToken({ name, role, hash, expiresAt, createdBy, at }, audit) {
      const data = { name, role, hash, createdBy, expiresAt: toDate(expiresAt), createdAt: toDate(at) }
      return toApiToken(await audited(prisma, audit, (db) => db.apiToken.create({ data })))
    },
    async useToken(hash, at) {
      const now = toDate(at)
      const isLive = { hash, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
      const [row] = await storing(() => prisma.apiToken.updateManyAndReturn({ where: isLive, data: { lastUsedAt: now } }))
      return row === undefined ? null : toApiToken(row)
    },
    async tokens() {
      const rows = await storing(() => prisma.apiToken.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] }))
      return rows.map(toApiToken)
    },
    async revokeToken(id, at, audit) {
      if (!isUuid(id)) return null
      const where = { id, revokedAt: null }
      const data = { revokedAt: toDate(at) }
      const row = await audited(prisma, audit, async (db) => (await db.apiToken.updateManyAndReturn({ where, data }))[0])
      // Revoked before: the first time stays, and there is nothing to record.
      const found = row ?? (await storing(() => prisma.apiToken.findUnique({ where: { id } })))
      return found && toApiToken(found)
    },
  }
}

/** One spelling of an address: whoever signs in may type it in capitals. */
function normal(email: string): string {
  return email.trim().toLowerCase()
}

/** The change and its entry, or neither. No entry when there was nothing to change: undefined. */
function audited<T>(
  prisma: PrismaClient,
  audit: AuditDraft,
  work: (db: Prisma.TransactionClient) => Promise<T>,
  beforeCommit: () => void = () => {},
): Promise<T> {
  return storing(() =>
    prisma.$transaction(async (db) => {
      const done = await work(db)
      if (done !== undefined) await db.auditEntry.create({ data: fromAuditDraft(audit), select: { id: true } })
      beforeCommit()
      return done
    }),
  )
}
