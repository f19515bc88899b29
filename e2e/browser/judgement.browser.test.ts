import { expect } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { test } from './story.ts'
import { thenFor } from './then.ts'
import { NAMESPACE } from './world.ts'

interface Rolled {
  id: string
  incidentId: string
  decisionId: string
  workload: { name: string }
  phase: string
  trigger: string
  from: { number: number; images: string[] }
}

test('a rollback that was wrong is judged so: its condemnation is taken back, and everybody sees who said it and why', async ({
  given,
  world,
}) => {
  const { items } = await world.api.get<{ items: Rolled[] }>('/api/rollbacks?limit=100')
  // The oldest: one of the history, which no other story looks at.
  const rollback = items.filter(({ phase, trigger }) => phase === 'succeeded' && trigger === 'alert').at(-1)
  if (rollback === undefined) throw new Error('the history has no rollback')
  const { from, incidentId, decisionId, workload } = rollback
  const path = `/workloads/${NAMESPACE}/Deployment/${workload.name}`
  const asked = new URLSearchParams({ image: from.images[0] ?? '' })
  const isCondemned = async () => (await world.api.get<{ condemned: boolean }>(`/api${path}/condemned?${asked}`)).condemned
  expect(await isCondemned()).toBe(true)

  const operator = await given.person('operator', { at: `/incidents/${incidentId}`, phone: 390, isMotionReduced: true })
  const { page } = operator
  const then = thenFor(operator)
  const card = then.card('Was the deploy to blame?')
  await card.getByRole('button', { name: 'Right', exact: true }).click()
  await expect(card, 'one tap').toContainText('Right, says operator@edgelink.example')
  expect(await isCondemned()).toBe(true)

  await card.getByRole('button', { name: 'Wrong', exact: true }).click()
  await expect(then.dialog()).toContainText(`“Wrong” takes the condemnation of revision ${from.number} back`)
  await then.dialog().getByRole('button', { name: 'Judge it wrong' }).click()
  await expect(then.dialog().getByRole('alert')).toHaveText('Say why it was wrong.')
  await expectAccessible(page, 'a judgement')
  await then.dialog().getByLabel('Note').fill('The database was down')
  await world.api.send('POST', `/api/decisions/${decisionId}/judgement`, { judgement: 'unsure', version: 1 })
  await expect(page.locator('body'), 'the page behind hears of it').toContainText('Unsure, says')
  await then.dialog().getByRole('button', { name: 'Judge it wrong' }).click()
  await expect(then.dialog().getByRole('alert'), 'nobody is overwritten unseen').toContainText('Someone was faster')
  expect(await isCondemned()).toBe(true)
  await then.dialog().getByRole('button', { name: 'Judge it wrong' }).click()
  await expect(card).toContainText('Wrong, says operator@edgelink.example')
  await expect(card).toContainText('The database was down')
  await expect(card).toContainText(`The condemnation of revision ${from.number} is taken back.`)
  await expect(then.card('Timeline')).toContainText('The condemnation is taken back.')
  await expectAccessible(page, 'a rollback that was judged')
  await then.overflowsNowhere()
  expect(await isCondemned()).toBe(false)

  const viewer = await given.person('viewer', { at: `/rollbacks/${rollback.id}` })
  const seen = thenFor(viewer).card('Was the deploy to blame?')
  await expect(seen).toContainText('The database was down')
  await expect(seen.getByRole('button')).toHaveCount(0)
  await viewer.visits(path)
  await expect(thenFor(viewer).card('Recent rollbacks')).toContainText('judged wrong')
})
