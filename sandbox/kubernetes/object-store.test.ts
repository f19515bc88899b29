import { describe, expect, it } from 'vitest'
import { ManualClock } from '../clock.ts'
import { ObjectStore } from './object-store.ts'

const NAMED = { name: 'settings', namespace: 'shop' }

function given(historyLimit = 100) {
  const store = new ObjectStore(new ManualClock(0), { historyLimit })
  const made = store.create('configmaps', { metadata: NAMED })
  const label = (team: string) =>
    store.change('configmaps', NAMED, ({ metadata }) => {
      metadata.labels = { team }
    })
  return { store, made, label }
}

describe('the object store', () => {
  it('gives every write a higher version, and tells what came after one', () => {
    const { store, made, label } = given()
    const changed = label('blue')
    store.delete('configmaps', NAMED)
    const events = store.since(Number(made.metadata.resourceVersion))
    expect(events?.map(({ type }) => type)).toEqual(['MODIFIED', 'DELETED'])
    expect(events?.[0]?.object).toBe(changed)
    expect(Number(events?.[1]?.object.metadata.resourceVersion)).toBe(store.version)
  })

  it('never changes what it handed out', () => {
    const { store, made, label } = given()
    label('blue')
    expect(made.metadata.labels).toBeUndefined()
    expect(store.get('configmaps', 'shop', 'settings')?.metadata.labels).toEqual({ team: 'blue' })
  })

  it('takes a change of nothing for no write', () => {
    const { store, label } = given()
    const changed = label('blue')
    const version = store.version
    expect(label('blue')).toBe(changed)
    expect(store.version).toBe(version)
  })

  it('forgets the oldest events, and says so to who asks for them', () => {
    const { store, made, label } = given(2)
    for (const team of ['a', 'b', 'c']) label(team)
    expect(store.since(Number(made.metadata.resourceVersion))).toBeNull()
    expect(store.since(store.oldestVersion)?.map(({ object }) => object.metadata.labels)).toEqual([{ team: 'b' }, { team: 'c' }])
  })
})
