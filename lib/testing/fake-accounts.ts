import type { ApiToken, User } from '../core/account.ts'
import type { AuditDraft } from '../core/audit.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Role } from '../core/role.ts'
import type { Accounts } from '../ports.ts'

/** People and keys in memory. `audit` holds the entries that were stored with changes. */
export class FakeAccounts implements Accounts {
  readonly audit: AuditDraft[] = []
  readonly #users = new Map<string, { user: User; passwordHash: string }>()
  readonly #tokens = new Map<string, { token: ApiToken; hash: string }>()

  /** Puts a user there without an entry. */
  addUser(id: string, role: Role, changes: Partial<User> & { passwordHash?: string } = {}): User {
    const { passwordHash = '', ...rest } = changes
    const user: User = { id, email: `${id}@example.test`, role, createdAt: 0, disabledAt: null, ...rest }
    this.#users.set(id, { user, passwordHash })
    return user
  }

  /** Puts a token there without an entry. */
  addToken(hash: string, role: Role, changes: Partial<ApiToken> = {}): ApiToken {
    const id = `token-${this.#tokens.size + 1}`
    const token = { id, name: id, role, createdAt: 0, createdBy: 'test', expiresAt: null, lastUsedAt: null, revokedAt: null, ...changes }
    this.#tokens.set(token.id, { token, hash })
    return token
  }

  async countUsers() {
    return this.#users.size
  }

  async userByEmail(email: string) {
    return [...this.#users.values()].find(({ user }) => user.email === email.trim().toLowerCase()) ?? null
  }

  async user(id: string) {
    return this.#users.get(id)?.user ?? null
  }

  async users() {
    return [...this.#users.values()].map(({ user }) => user)
  }

  async createUser({ email, passwordHash, role, at }: Parameters<Accounts['createUser']>[0], audit: AuditDraft, beforeCommit?: () => void) {
    if (await this.userByEmail(email)) throw new SnapbackError('conflict', 'the address is taken')
    beforeCommit?.()
    this.audit.push(audit)
    return this.addUser(`user-${this.#users.size + 1}`, role, { email: email.trim().toLowerCase(), createdAt: at, passwordHash })
  }

  async updateUser(id: string, { passwordHash, ...changes }: Parameters<Accounts['updateUser']>[1], audit: AuditDraft) {
    const before = this.#users.get(id)
    if (before === undefined) return null
    const user = { ...before.user, ...changes }
    const others = [...this.#users.values()].filter((one) => one !== before)
    if (isAdmin(before.user) && !isAdmin(user) && !others.some((one) => isAdmin(one.user))) {
      throw new SnapbackError('conflict', 'this would leave nobody who is admin')
    }
    this.#users.set(id, { user, passwordHash: passwordHash ?? before.passwordHash })
    this.audit.push(audit)
    return user
  }

  async createToken({ hash, at, ...rest }: Parameters<Accounts['createToken']>[0], audit: AuditDraft) {
    this.audit.push(audit)
    return this.addToken(hash, rest.role, { ...rest, createdAt: at })
  }

  async useToken(hash: string, at: number) {
    const found = [...this.#tokens.values()].find((one) => one.hash === hash)?.token
    return found && found.revokedAt === null && (found.expiresAt === null || found.expiresAt > at) ? found : null
  }

  async tokens() {
    return [...this.#tokens.values()].map(({ token }) => token)
  }

  async revokeToken(id: string, at: number, audit: AuditDraft) {
    const stored = this.#tokens.get(id)
    if (stored === undefined) return null
    if (stored.token.revokedAt === null) this.audit.push(audit)
    stored.token = { ...stored.token, revokedAt: stored.token.revokedAt ?? at }
    return stored.token
  }
}

function isAdmin({ role, disabledAt }: User): boolean {
  return role === 'admin' && disabledAt === null
}
