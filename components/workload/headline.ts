import type { RevisionStory, Revisions } from '../../lib/client/revisions.ts'

/** Which sentence tells how a workload stands, with the numbers that it names. */
export type Headline =
  | {
      kind: 'runs'
      current: number
      /** Since when; null: nobody saw it. */
      since: number | null
      /** `first`: there is no other one yet, which is no trouble. */
      target: 'good' | 'any' | 'none' | 'first'
      to: number | null
    }
  | { kind: 'silent'; current: number | null }
  | { kind: 'starting' }
  | { kind: 'gone' }

/** @param revisions as the server answered */
export function headlineOf({ cluster, exists, currentUid, targetUid, revisions }: Revisions): Headline {
  const find = (uid: string | null) => revisions.find(({ revision }) => revision.uid === uid) ?? null
  const current = find(currentUid)
  if (cluster === 'silent') return { kind: 'silent', current: current?.revision.number ?? null }
  if (exists === false) return { kind: 'gone' }
  if (current === null) return { kind: 'starting' }
  const target = find(targetUid)
  return {
    kind: 'runs',
    current: current.revision.number,
    // A reused ReplicaSet's creation may be far too old; where it contradicts the record nothing is claimed.
    since: current.servedMs === null ? null : current.deployedAt,
    target: qualityOf(target, revisions),
    to: target?.revision.number ?? null,
  }
}

function qualityOf(target: RevisionStory | null, all: readonly RevisionStory[]): 'good' | 'any' | 'none' | 'first' {
  if (target === null) return all.length === 1 ? 'first' : 'none'
  return target.standing === 'good' ? 'good' : 'any'
}
