import { describe, expect, it } from 'vitest'
import { CALLER, EngineWorld } from '../testing/engine-world.ts'
import { applyConfiguration } from './apply-configuration.ts'
import { setDryRun } from './change-control.ts'

async function control(world: EngineWorld) {
  return world.store.transaction((tx) => tx.control())
}

const off = { caller: CALLER, on: false, reason: 'we trust it', until: null, version: null }

describe('configuration and the page', () => {
  it('starts in dry run when nothing is configured, and then the page decides, over restarts', async () => {
    const world = new EngineWorld()
    await applyConfiguration(world.deps, { dryRun: null, enabled: null })
    expect((await control(world)).dryRun.on).toBe(true)
    await setDryRun(world.deps, off)
    await applyConfiguration(world.deps, { dryRun: null, enabled: null })
    expect((await control(world)).dryRun.on).toBe(false)
  })

  it('applies a configured value once, by the actor configuration; later the page may change it', async () => {
    const world = new EngineWorld()
    await applyConfiguration(world.deps, { dryRun: false, enabled: null })
    expect((await control(world)).dryRun).toMatchObject({ on: false, actor: { kind: 'configuration' } })
    await setDryRun(world.deps, { ...off, on: true })
    await applyConfiguration(world.deps, { dryRun: false, enabled: null })
    expect((await control(world)).dryRun.on).toBe(true)
    expect(world.store.tables.audit.map(({ action }) => action)).toEqual(['control.configure', 'control.dry-run'])
  })

  it('does not let the page undo a configured DRY_RUN=true', async () => {
    const world = new EngineWorld()
    await applyConfiguration(world.deps, { dryRun: true, enabled: null })
    await expect(setDryRun(world.deps, off)).rejects.toMatchObject({ code: 'conflict' })
    await applyConfiguration(world.deps, { dryRun: null, enabled: null })
    await setDryRun(world.deps, off)
    expect((await control(world)).dryRun.on).toBe(false)
  })

  it('refuses an end of dry run that would switch off what is on for good', async () => {
    const world = new EngineWorld()
    await applyConfiguration(world.deps, { dryRun: null, enabled: null })
    const ending = setDryRun(world.deps, { ...off, on: true, until: world.now + 60_000 })
    await expect(ending).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'until' }] })
    expect((await control(world)).dryRun).toMatchObject({ on: true, until: null })
  })

  it('is disabled while AUTO_ROLLBACK_ENABLED=false is configured, and enabled when it no longer is', async () => {
    const world = new EngineWorld()
    await applyConfiguration(world.deps, { dryRun: null, enabled: false })
    expect((await control(world)).enabled).toBe(false)
    await applyConfiguration(world.deps, { dryRun: null, enabled: null })
    expect((await control(world)).enabled).toBe(true)
  })

  it('changes nothing when several replicas start with the same values', async () => {
    const world = new EngineWorld()
    await Promise.all([1, 2, 3].map(() => applyConfiguration(world.deps, { dryRun: true, enabled: true })))
    expect(world.store.tables.audit).toHaveLength(1)
  })
})
