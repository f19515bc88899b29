'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { RevisionStory } from '../../lib/client/revisions.ts'
import { useNow } from '../providers/clock.tsx'
import { useDuration } from '../ui/duration.tsx'
import { StandingBadge } from '../ui/standing-badge.tsx'
import { Instant, useRelativeTime } from '../ui/time.tsx'

const LINK = 'rounded-sm py-1 text-[0.8125rem] text-accent-strong hover:underline'
const ASIDE = 'block text-[0.8125rem] text-text-3'

/** When it became current last, and how that is known. */
export function DeployedCell({ story }: { story: RevisionStory }) {
  const t = useTranslations('workload.revisions')
  if (story.deployedAt === null) return <span className="text-text-3">{t('deployedUnknown')}</span>
  return (
    <>
      <Instant at={story.deployedAt} show="both" />
      {story.source === 'replica_set' && (
        <span className={ASIDE} title={t('estimatedWhy')}>
          {t('estimated')}
        </span>
      )}
      {story.timesDeployed > 1 && <span className={ASIDE}>{t('times', { count: story.timesDeployed })}</span>}
    </>
  )
}

/** For how long in all. Of the current one it goes on growing. */
export function ServedCell({ story }: { story: RevisionStory }) {
  const t = useTranslations('workload.revisions')
  const say = useDuration()
  if (story.servedMs === null) return <span className="text-text-3">{t('servedUnknown')}</span>
  return <>{story.isCurrent ? <SoFar story={story} servedMs={story.servedMs} /> : say(story.servedMs)}</>
}

function SoFar({ story, servedMs }: { story: RevisionStory; servedMs: number }) {
  const t = useTranslations('workload.revisions')
  const say = useDuration()
  const now = useNow()
  // Deployed once, it has served since then; the server's sum covers the stints before.
  const ms = story.timesDeployed === 1 && story.deployedAt !== null ? Math.max(servedMs, now - story.deployedAt) : servedMs
  return <>{t('servedSoFar', { for: say(ms) })}</>
}

/** Good or not, and where one can see why. */
export function StandingCell({ story }: { story: RevisionStory }) {
  const t = useTranslations('workload.revisions')
  const relative = useRelativeTime()
  const [incident] = story.incidentIds.slice(-1)
  return (
    <span className="inline-flex flex-col items-start gap-0.5 max-sm:items-end">
      <StandingBadge standing={story.standing} />
      {story.condemned && (
        <Link href={`/rollbacks/${story.condemned.rollbackId}`} className={LINK}>
          {t('condemned', { when: relative(story.condemned.at) })}
        </Link>
      )}
      {story.standing === 'troubled' && incident && (
        <Link href={`/incidents/${incident}`} className={LINK}>
          {t('seeIncident')}
        </Link>
      )}
    </span>
  )
}
