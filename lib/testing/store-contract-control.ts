import { expect, test } from 'vitest'
import type { Scope } from '../core/scope.ts'
import { AT, aClosing, aWorkload } from './new-rows.ts'
import type { Within } from './store-under-test.ts'

export function controlCases(within: Within): void {
  test(
    'at the first start automation is on, in dry run, and nothing is paused',
    within(async ({ store }) => {
      const control = await store.transaction((tx) => tx.control())
      expect(control).toEqual({
        version: 1,
        enabled: true,
        dryRun: { on: true, reason: 'first start', actor: { kind: 'configuration' }, since: expect.any(Number), until: null },
        pauses: [],
        configured: { dryRun: null, enabled: null },
      })
      expect(await store.transaction((tx) => tx.control('share'))).toEqual(control)
      expect(await store.transaction((tx) => tx.control('update'))).toEqual(control)
    }),
  )

  test(
    'a change of control is guarded by its version and leaves the rest',
    within(async ({ store }) => {
      const before = await store.transaction((tx) => tx.control('update'))
      const pauses = [
        { scope: { level: 'cluster' as const }, reason: 'calm', actor: { kind: 'engine' as const }, since: AT, until: AT + 1 },
      ]
      const [won, lost] = await store.transaction(async (tx) => [
        await tx.updateControl(1, { pauses }),
        await tx.updateControl(1, { enabled: false }),
      ])
      expect([won, lost]).toEqual([true, false])
      expect(await store.transaction((tx) => tx.control())).toEqual({ ...before, version: 2, pauses })
    }),
  )

  test(
    'closing the breaker is guarded by the version of control, raises it and leaves the rest',
    within(async ({ store }) => {
      const before = await store.transaction((tx) => tx.control('update'))
      expect(await store.transaction((tx) => tx.breakerClosing())).toBeNull()
      const closing = aClosing({ rollbacks: [{ id: 'r1', at: AT }] })
      const [won, lost] = await store.transaction(async (tx) => [
        await tx.closeBreaker(1, closing),
        await tx.closeBreaker(1, aClosing({ reason: 'too late' })),
      ])
      expect([won, lost]).toEqual([true, false])
      expect(await store.transaction((tx) => tx.breakerClosing())).toEqual(closing)
      expect(await store.transaction((tx) => tx.control())).toEqual({ ...before, version: 2 })
    }),
  )

  const cluster: Scope = { level: 'cluster' }
  const namespace: Scope = { level: 'namespace', namespace: 'shop' }
  const workload: Scope = { level: 'workload', workload: aWorkload() }

  test(
    'policies come in the order asked for; a scope that sets nothing has version 0',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        await tx.savePolicy(workload, { mode: 'auto', services: [] }, 0)
        await tx.savePolicy(cluster, { cooldownMs: 1 }, 0)
        return tx.policies([cluster, namespace, workload])
      })
      expect(found).toEqual([
        { scope: cluster, fields: { cooldownMs: 1 }, version: 1 },
        { scope: namespace, fields: {}, version: 0 },
        { scope: workload, fields: { mode: 'auto', services: [] }, version: 1 },
      ])
    }),
  )

  test(
    'a policy is saved only on the version that was seen, and as a whole',
    within(async ({ store }) => {
      const saved = await store.transaction(async (tx) => [
        await tx.savePolicy(cluster, { mode: 'auto' }, 1),
        await tx.savePolicy(cluster, { mode: 'auto' }, 0),
        await tx.savePolicy(cluster, { mode: 'off' }, 0),
        await tx.savePolicy(cluster, { cooldownMs: 5 }, 1),
        await tx.savePolicy(cluster, { cooldownMs: 6 }, 1),
      ])
      expect(saved).toEqual([false, true, false, true, false])
      expect(await store.transaction((tx) => tx.policies([cluster]))).toEqual([{ scope: cluster, fields: { cooldownMs: 5 }, version: 2 }])
    }),
  )
}
