'use client'

import { useTranslations } from 'use-intl'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { useOwnerName } from '../ui/owner-notice.tsx'
import { useClockTime } from '../ui/time.tsx'
import { nextSteps, ownerIn } from './next-steps.ts'
import type { Story } from './story.ts'

/** What to do next, in the order in which one would. */
export function NextCard({ story }: { story: Story }) {
  const t = useTranslations('incident.next')
  const ownerName = useOwnerName()
  const steps = nextSteps(story)
  const owner = ownerIn(story)
  const clock = useClockTime()
  const budget = story.decision?.checks.find(({ reason }) => reason === 'budget_spent')
  const values = {
    spent: Number(budget?.values['spent'] ?? 0),
    closesAt: budget?.endsAt == null ? '' : clock(budget.endsAt),
    workload: story.workload.name,
    from: story.from?.number ?? 0,
    to: story.to?.number ?? 0,
    image: story.from?.images[0] ?? '',
    owner: owner === null ? '' : ownerName(owner),
  }
  return (
    <Card aria-labelledby="next-card">
      <CardHeader id="next-card" title={t('title')} />
      <CardBody>
        <ol className="list-decimal space-y-1.5 pl-5 marker:text-text-3">
          {steps.map((step) => (
            <li key={step} className="break-words pl-1">
              {t(step, values)}
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  )
}
