import { expect } from '@playwright/test'
import { test } from './story.ts'
import { thenFor } from './then.ts'

test('a pause just before the patch keeps the patch from being sent, until somebody resumes', async ({ given, when }) => {
  await when.applicationIsToDieBeforeThePatch()
  const bad = await when.deploys('ledger', 'errors')
  await when.applicationHasDied()
  await when.onlyThePagesAreBack()

  const operator = await given.person('operator')
  const { page } = operator
  const { now, automation, strip, dialog, headline, card } = thenFor(operator)
  await expect(now('ledger')).toContainText('About to act')
  await automation().click()
  await dialog().getByRole('button', { name: 'Pause', exact: true }).click()
  await dialog().getByRole('radio', { name: '2 h' }).click()
  await dialog().getByLabel('Reason').fill('Let me look first')
  await dialog().getByRole('button', { name: 'Pause the whole cluster' }).click()
  await expect(dialog()).toBeHidden()
  await expect(strip()).toContainText('operator@edgelink.example')
  await expect(strip()).toContainText('Let me look first')
  await expect(strip()).toContainText(/resumes by itself at/)

  await now('ledger').getByRole('link', { name: 'ledger' }).click()
  await expect(headline()).toContainText('ledger is about to go back to revision 2')
  await when.applicationIsBack()
  await expect(headline()).toContainText('ledger stays on revision 3: going back to 2 was stopped before anything changed.')
  await expect(card('Timeline')).toContainText('Automation was paused before the patch.')
  expect(await when.imageOf('ledger'), 'nothing was changed').toBe(bad)

  await strip().getByRole('button', { name: 'Resume' }).click()
  await dialog().getByLabel('Reason').fill('Looked: go on')
  await dialog().getByRole('button', { name: 'Resume the whole cluster' }).click()
  await expect(strip()).toBeHidden()
  await expect(headline(), 'what was held is decided again').toContainText('ledger went back to revision 2')
  await expect(page.getByRole('button', { name: 'Automation: Acting. Change it' })).toBeVisible()
})
