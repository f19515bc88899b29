import { firstControl } from '../core/control.ts'
import type { Instant } from '../core/json.ts'
import { type Scope, scopeKey } from '../core/scope.ts'
import type { Tx } from '../ports.ts'
import type { FakeTables } from './fake-tables.ts'

export function fakeControl(
  tables: FakeTables,
  now: () => Instant,
): Pick<Tx, 'control' | 'updateControl' | 'breakerClosing' | 'closeBreaker'> {
  return {
    async control() {
      tables.control ??= firstControl(now())
      return tables.control
    },
    async updateControl(version, changes) {
      if (tables.control?.version !== version) return false
      tables.control = { ...tables.control, ...changes, version: version + 1 }
      return true
    },
    async breakerClosing() {
      return tables.breakerClosing
    },
    async closeBreaker(version, closing) {
      if (tables.control?.version !== version) return false
      tables.control = { ...tables.control, version: version + 1 }
      tables.breakerClosing = closing
      return true
    },
  }
}

export function fakePolicies(tables: FakeTables): Pick<Tx, 'policies' | 'savePolicy'> {
  const stored = (scope: Scope) => tables.policies.find((one) => scopeKey(one.scope) === scopeKey(scope))
  return {
    async policies(scopes) {
      return scopes.map((scope) => stored(scope) ?? { scope, fields: {}, version: 0 })
    },
    async savePolicy(scope, fields, version) {
      const known = stored(scope)
      if ((known?.version ?? 0) !== version) return false
      if (known) Object.assign(known, { fields, version: version + 1 })
      else tables.policies.push({ scope, fields, version: 1 })
      return true
    },
  }
}
