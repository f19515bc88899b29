import type { Episode } from '../core/alert.ts'
import { ASK_AGAIN_MS } from '../core/decide.ts'
import type { Instant } from '../core/json.ts'
import type { Deps, Tx } from '../ports.ts'
import { matchingAlert } from './match-alert.ts'
import { isSilent } from './silent.ts'

type Answer = 'never_ended' | 'ended' | 'unknown'

/**
 * An episode was heard firing, with its old `startsAt`, shortly after its resolution: a late copy, or the end was false. Prometheus
 * tells: what fires there since before the end never ended, and opens an episode. While Prometheus is silent it is asked again, until
 * `askAgainUntil`; where none can tell it stays a copy, and the next repetition is too late to be one.
 */
export async function confirmEnd(deps: Deps, episode: Episode): Promise<void> {
  const answer = await askPrometheus(deps, episode)
  await deps.store.transaction((tx) => storeAnswer(tx, episode, answer, deps.now()))
  if (answer === 'never_ended') deps.log.warn('episode.end-was-false', { episode: episode.id, resolvedAt: episode.resolvedAt })
}

async function askPrometheus({ metrics, log }: Deps, { id, labels, resolvedAt }: Episode): Promise<Answer> {
  if (!metrics.isConfigured || resolvedAt === null) return 'ended'
  try {
    const active = matchingAlert(await metrics.alerts(), labels)
    return active !== null && active.state === 'firing' && active.activeAt < resolvedAt ? 'never_ended' : 'ended'
  } catch (error) {
    // An answer that nobody foresaw counts as none: thrown, it would be asked again without an end.
    if (!isSilent(error)) log.error('episode.end-not-confirmed', { episode: id, error })
    return 'unknown'
  }
}

async function storeAnswer(tx: Tx, episode: Episode, answer: Answer, now: Instant): Promise<void> {
  // Locked as a delivery locks it: one may bring the next firing just now.
  const latest = (await tx.latestEpisodes([episode.fingerprint])).get(episode.fingerprint)
  const isOver = answer !== 'unknown' || episode.askAgainUntil === null || now + ASK_AGAIN_MS > episode.askAgainUntil
  const next = isOver ? { nextEvaluationAt: null, askAgainUntil: null } : { nextEvaluationAt: now + ASK_AGAIN_MS }
  if (!(await tx.updateEpisode(episode.id, episode.version, next))) return
  if (!isOver) return tx.enqueue('evaluate-alert', episode.id, now + ASK_AGAIN_MS)
  if (answer !== 'never_ended' || latest?.id !== episode.id) return
  const { id: _, version: __, ...again } = episode
  const opened = await tx.insertEpisode({
    ...again,
    status: 'firing',
    resolvedAt: null,
    receivedAt: now,
    lastSeenAt: now,
    workloadId: null,
    incidentId: null,
    nextEvaluationAt: now,
    askAgainUntil: null,
  })
  await tx.enqueue('evaluate-alert', opened.id, now)
}
