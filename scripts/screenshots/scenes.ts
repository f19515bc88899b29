import type { Page } from '@playwright/test'
import { everyPage } from '../../e2e/browser/pages.ts'
import { NAMESPACE, type World } from '../../e2e/browser/world.ts'
import { type Camera, VIEWS } from './camera.ts'

/** Long enough for a rollback's last phase to be seen. */
const SEEN_WITHIN = { timeout: 60_000 }

/** Every page with two weeks behind it, in every look, and the dialogs. */
export async function everyPageOnce(world: World, camera: Camera): Promise<void> {
  const pages = await everyPage(world.api)
  for (const view of Object.keys(VIEWS)) {
    await camera.takeSignIn(view)
    for (const page of pages) await camera.take(view, page)
    await camera.take(view, { name: 'dialog-control', path: '/' }, openControl)
    await camera.take(view, { name: 'dialog-pause', path: '/' }, async (page) => {
      await openControl(page)
      await page.getByRole('dialog').getByRole('button').last().click()
    })
  }
}

/** What one sees while it happens: a rollback, a hold, a proposal, a pause, a dry run. */
export async function livePages(world: World, camera: Camera): Promise<void> {
  await world.api.send('PUT', '/api/policies', {
    scope: { level: 'workload', workload: { namespace: NAMESPACE, kind: 'Deployment', name: 'user-service' } },
    fields: { mode: 'suggest' },
    version: 0,
    reason: 'for a picture of a proposal',
  })
  const [screen, phone] = await Promise.all([camera.open('desktop', '/'), camera.open('phone-dark', '/')])
  const row = (page: Page, workload: string) => page.getByRole('main').getByRole('link', { name: workload, exact: true }).first()
  await world.sandbox.deploy(`${NAMESPACE}/checkout`, 'errors')
  await world.sandbox.deploy(`${NAMESPACE}/device-service`, 'crash-loop')
  await world.sandbox.deploy(`${NAMESPACE}/user-service`, 'latency')
  await world.sandbox.forgetRevisionsBefore(`${NAMESPACE}/device-service`)
  await screen.getByText('Verifying').first().waitFor(SEEN_WITHIN)
  await camera.snap(screen, 'desktop/live-now-verifying')
  await row(screen, 'checkout').click()
  await screen.getByText('Timeline').first().waitFor(SEEN_WITHIN)
  await camera.snap(screen, 'desktop/live-incident-verifying')
  await phone.getByText('Waits for a yes').first().waitFor(SEEN_WITHIN)
  await camera.snap(phone, 'phone-dark/live-now-proposal')
  await row(phone, 'user-service').click()
  await phone.getByRole('button', { name: /^Roll back to / }).waitFor(SEEN_WITHIN)
  await camera.snap(phone, 'phone-dark/live-incident-proposal')
  await screen.goto('/')
  await row(screen, 'device-service').click(SEEN_WITHIN)
  await screen.getByRole('heading', { level: 1, name: /device-service/ }).waitFor(SEEN_WITHIN)
  await camera.snap(screen, 'desktop/live-incident-held')
  const steer = (body: object) => world.api.send('POST', '/api/control', { reason: 'Database upgrade', ...body })
  await steer({ action: 'pause', scope: { level: 'cluster' }, until: new Date(Date.now() + 3_600_000).toISOString() })
  for (const view of ['desktop', 'phone', 'dark', 'chinese']) await camera.take(view, { name: 'state-paused', path: '/' })
  await steer({ action: 'resume', scope: { level: 'cluster' } })
  await steer({ action: 'dry-run', on: true })
  const rollBack = `/workloads/${NAMESPACE}/Deployment/api-gateway/roll-back`
  for (const view of ['desktop', 'phone', 'dark', 'chinese']) {
    await camera.take(view, { name: 'state-dry-run', path: '/' })
    await camera.take(view, { name: 'state-dry-run-roll-back', path: rollBack })
  }
  await steer({ action: 'dry-run', on: false })
  await Promise.all([screen, phone].map((page) => page.context().close()))
}

/** The database is away while one looks, and when one comes. */
export async function failingPages(world: World, camera: Camera): Promise<void> {
  const open = await Promise.all(['desktop', 'phone'].map(async (view) => ({ view, page: await camera.open(view, '/workloads') })))
  await world.database.stop()
  const views = ['desktop', 'phone', 'dark', 'chinese']
  const paths = {
    now: '/',
    workloads: '/workloads',
    workload: `/workloads/${NAMESPACE}/Deployment/checkout`,
    policies: '/policies',
    'policy-of-cluster': '/policies/cluster',
    replay: '/replay',
  }
  for (const view of views) {
    for (const [name, path] of Object.entries(paths)) {
      await camera.take(view, { name: `error-${name}`, path }, (page) =>
        page.getByRole('main').getByRole('alert').first().waitFor(SEEN_WITHIN),
      )
    }
  }
  for (const { view, page } of open) await camera.snap(page, `${view}/error-while-open`)
  await world.app().stop()
  for (const { view, page } of open) {
    await page.locator('[data-liveness="stale"]').waitFor(SEEN_WITHIN)
    await camera.snap(page, `${view}/error-stale`)
    await page.context().close()
  }
  await world.database.start()
}

/** A first start: no cluster, no alert, dry run. */
export async function emptyPages(camera: Camera): Promise<void> {
  for (const view of ['desktop', 'phone', 'dark', 'chinese']) {
    for (const [name, path] of Object.entries({ now: '/', workloads: '/workloads', policies: '/policies', replay: '/replay' }))
      await camera.take(view, { name: `empty-${name}`, path })
  }
}

async function openControl(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button').nth(1).click()
  await page.getByRole('dialog').waitFor()
}
