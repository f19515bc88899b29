import { expect } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { test } from './story.ts'
import { thenFor } from './then.ts'

test('of two people who steer at once one is told who was faster, and overwrites nothing', async ({ given }) => {
  await given.nothingIsUnderWay()
  const operator = await given.person('operator', { at: '/workloads', isMotionReduced: true })
  const colleague = await given.person('colleague')
  const mine = thenFor(operator)
  const theirs = thenFor(colleague)
  for (const { automation, dialog } of [mine, theirs]) {
    await automation().click()
    await dialog().getByRole('button', { name: 'Pause', exact: true }).click()
  }

  await theirs.dialog().getByLabel('Reason').fill('Database upgrade')
  await theirs.dialog().getByRole('button', { name: 'Pause the whole cluster' }).click()
  await expect(theirs.strip()).toContainText('Database upgrade')

  await expectAccessible(operator.page, 'the form that pauses')
  await mine.dialog().getByRole('radio', { name: '2 h' }).click()
  await mine.dialog().getByLabel('Reason').fill('I want to look')
  await mine.dialog().getByRole('button', { name: 'Pause the whole cluster' }).click()
  const told = mine.dialog().getByRole('alert')
  await expect(told).toContainText('Someone was faster. Nothing of yours was done.')
  await expect(told).toContainText('colleague@edgelink.example paused the whole cluster')
  await expect(told).toContainText('Database upgrade')
  await expectAccessible(operator.page, 'a conflict')
  await expect(mine.strip(), 'the view is fresh').toContainText('colleague@edgelink.example')
  await expect(mine.strip()).not.toContainText('I want to look')
  await mine.dialog().getByRole('button', { name: 'Cancel' }).click()
  await expect(theirs.strip()).toContainText('Database upgrade')
})
