import {
  type ConfigChange,
  type ConfigChanges,
  type ConfigSeen,
  configsToLookAt,
  countsSince,
  judgeConfig,
  lastLiveAt,
} from '../core/config-change.ts'
import type { Instant, JsonValue } from '../core/json.ts'
import { templateReferences } from '../core/template-references.ts'
import type { RevisionRef, WorkloadRef } from '../core/workload.ts'
import type { Deps } from '../ports.ts'
import { within } from './within.ts'

/** Beside decisions, which come first at the API server. */
const AT_ONCE = 4

interface Looking {
  workload: WorkloadRef
  current: RevisionRef
  target: RevisionRef
  /** Raw; null: it could not be read. */
  templates: { current: JsonValue | null; target: JsonValue | null }
  limitMs: number
}

/**
 * Which of the ConfigMaps and Secrets that the templates read changed since the target was live, by their metadata. Never throws, and
 * what did not answer in time is `silent`. Null: neither template could be read.
 */
export async function lookAtConfigs(deps: Pick<Deps, 'cluster' | 'store' | 'now'>, looking: Looking): Promise<ConfigChanges | null> {
  const { workload, templates } = looking
  if (templates.current === null && templates.target === null) return null
  const { refs, leftOut } = configsToLookAt(referencesOf(templates.current), referencesOf(templates.target))
  if (refs.length === 0) return { since: null, of: [], leftOut }
  const patience = patienceOf(looking.limitMs)
  try {
    const since = countsSince(await liveAt(deps, looking))
    const of: ConfigChange[] = []
    const waiting = [...refs.entries()]
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, ref] = next
        of[index] = judgeConfig(ref, await patience.ask(() => deps.cluster.inspectConfig(workload.namespace, ref)), since)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    return { since, of, leftOut }
  } finally {
    patience.end()
  }
}

function referencesOf(template: JsonValue | null) {
  return template === null ? null : templateReferences(template)
}

/** Null: the record could not be read in time, or has no such deploy. */
async function liveAt(
  { store, now }: Pick<Deps, 'store' | 'now'>,
  { workload, current, target, limitMs }: Looking,
): Promise<Instant | null> {
  const read = store.transaction(async (tx) => tx.deploysOf(await tx.workloadId(workload, now())))
  try {
    return lastLiveAt(await within(limitMs / 2, read), { targetUid: target.uid, currentUid: current.uid })
  } catch {
    return null
  }
}

/** One time for all that is asked. Once it is over nobody is asked any more, and who has not answered is silent. */
function patienceOf(limitMs: number) {
  let isOver = false
  let end = () => {}
  const over = new Promise<'silent'>((resolve) => {
    const timer = setTimeout(() => {
      isOver = true
      resolve('silent')
    }, limitMs)
    end = () => clearTimeout(timer)
  })
  const ask = (one: () => Promise<ConfigSeen>): Promise<ConfigSeen> =>
    isOver ? over : Promise.race([over, one().catch((): ConfigSeen => 'silent')])
  return { ask, end }
}
