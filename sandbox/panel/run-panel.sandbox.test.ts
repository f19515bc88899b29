import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../clock.ts'
import { seedWorld } from '../seed-world.ts'
import { createWorld, type World } from '../world.ts'
import { type BreakableServer, startServer, textReply } from './breakable-server.ts'
import { runPanel } from './run-panel.ts'

interface State {
  prometheus: { url: string; broken: string | null } | null
  alertmanager: { broken: string | null } | null
  workloads: {
    workload: string
    image: string
    fault: string | null
    health: string
    available: number
    pods: { ready: boolean }[]
    next: Record<string, string>
  }[]
}

let clock: ManualClock
let world: World
let prometheus: BreakableServer
let panel: BreakableServer

beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 12))
  world = createWorld({ clock })
  const revisions = [
    { image: 'shop/checkout:1.0.0', ageMinutes: 90 },
    { image: 'shop/checkout:1.1.0', ageMinutes: 60 },
  ]
  seedWorld(world, [{ namespace: 'shop', name: 'checkout', replicas: 3, revisions }])
  clock.advance(10_000)
  prometheus = await startServer(() => textReply(200, 'here\n'), 0)
  panel = await runPanel({ port: 0, world, prometheus, alertmanager: null, applicationUrl: 'http://localhost:3000' })
})
afterEach(() => Promise.all([panel.stop(), prometheus.stop()]))

const state = async (): Promise<State> => (await fetch(`${panel.url}/panel/state`)).json()
const checkout = async () => (await state()).workloads.find(({ workload }) => workload === 'shop/checkout')

async function post(
  path: string,
  body: unknown,
  contentType = 'application/json',
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${panel.url}/panel/${path}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

describe('the panel', () => {
  it('shows each workload with its image, its health, and what can be deployed next', async () => {
    expect(await checkout()).toMatchObject({
      image: 'shop/checkout:1.1.0',
      fault: null,
      health: 'healthy',
      available: 3,
      next: { good: 'shop/checkout:1.2.0', errors: 'shop/checkout:1.2.0-errors', 'crash-loop': 'shop/checkout:1.2.0-crash-loop' },
    })
  })

  it('deploys the next version with a fault, and sees it fail', async () => {
    const deployed = await post('deploy', { workload: 'shop/checkout', fault: 'errors' })
    expect(deployed).toEqual({ status: 200, body: { workload: 'shop/checkout', image: 'shop/checkout:1.2.0-errors' } })
    clock.advance(200)
    expect((await checkout())?.health).toBe('rolling')
    clock.advance(30_000)
    expect(await checkout()).toMatchObject({ image: 'shop/checkout:1.2.0-errors', fault: 'errors', health: 'faulty' })
  })

  it('tells a crashing version from one that answers badly', async () => {
    await post('deploy', { workload: 'shop/checkout', fault: 'crash-loop' })
    clock.advance(10_000)
    expect((await checkout())?.health).toBe('crashing')
  })

  it('never deploys a version again that was put back', async () => {
    await post('deploy', { workload: 'shop/checkout', fault: 'errors' })
    clock.advance(30_000)
    world.deploy({ namespace: 'shop', name: 'checkout' }, 'shop/checkout:1.1.0')
    clock.advance(30_000)
    expect(await post('deploy', { workload: 'shop/checkout', fault: 'errors' })).toMatchObject({
      body: { image: 'shop/checkout:1.3.0-errors' },
    })
  })

  it('removes a revision that is not current', async () => {
    expect((await post('remove-revision', { workload: 'shop/checkout', revision: 1 })).status).toBe(200)
    expect(world.deployments()[0]?.revisions.map(({ number }) => number)).toEqual([2])
    expect(await post('remove-revision', { workload: 'shop/checkout', revision: 2 })).toMatchObject({ status: 409 })
  })

  it('takes a server down and up again', async () => {
    expect((await post('break', { what: 'prometheus', how: 'reset' })).status).toBe(200)
    await expect(fetch(prometheus.url)).rejects.toThrow()
    expect((await state()).prometheus?.broken).toBe('reset')
    await post('break', { what: 'prometheus', how: 'unavailable' })
    expect((await fetch(prometheus.url)).status).toBe(503)
    await post('break', { what: 'prometheus', how: null })
    expect((await fetch(prometheus.url)).status).toBe(200)
  })

  it.each([
    ['deploy', { workload: 'shop/nobody' }, 404],
    ['deploy', { workload: 'shop/checkout', fault: 'fire' }, 400],
    ['break', { what: 'kubernetes', how: 'reset' }, 400],
    ['break', { what: 'prometheus', how: 'gently' }, 400],
    ['break', { what: 'alertmanager', how: 'reset' }, 409],
    ['deploy', 'no object', 400],
  ])('refuses %s of %j with %i, and says why', async (path, body, status) => {
    expect(await post(path, body)).toEqual({ status, body: { error: expect.any(String) } })
  })

  it('takes nothing that a page of somewhere else could send', async () => {
    expect((await post('deploy', { workload: 'shop/checkout', fault: 'errors' }, 'text/plain')).status).toBe(415)
  })

  it('is a page that loads nothing from anywhere', async () => {
    const response = await fetch(panel.url)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await response.text()).not.toMatch(/(src|href)="https?:/)
  })
})
