import { type Instant, type JsonObject, objectAt } from '../../core/json.ts'
import type { Owner } from '../../core/owner.ts'
import type { WorkloadRef } from '../../core/workload.ts'
import { inTime, type OwnerApi, type OwnerKind } from './owner-api.ts'
import { takenOver } from './owner-object.ts'
import { textAt } from './project.ts'

const ROLLOUTS = { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts', field: 'workloadRef', owner: 'argo_rollouts' } as const
const CANARIES = { group: 'flagger.app', version: 'v1beta1', resource: 'canaries', field: 'targetRef', owner: 'flagger' } as const
/** While a list is not heard, what it said last counts, for no longer than this: people do not often hand a Deployment over. */
const LAST_KNOWN_FOR_MS = 10 * 60_000

interface Taking extends OwnerKind {
  resource: string
  /** By which of its fields one names the Deployment. */
  field: 'workloadRef' | 'targetRef'
  owner: Owner['kind']
}

type Taker = { name: string; deployment: string | null }

/** Who takes a Deployment over without a mark on it: an Argo Rollout's `workloadRef`, a Flagger Canary's `targetRef`. */
export class TakerReader {
  readonly #api: OwnerApi
  readonly #now: () => Instant
  readonly #lastKnown = new Map<string, { at: Instant; takers: Taker[] }>()

  constructor(api: OwnerApi, now: () => Instant) {
    this.#api = api
    this.#now = now
  }

  /** Within a second. `silent`: nobody that was heard does, and not everybody was. Lists that we may not read count as empty. */
  async read({ namespace, name }: WorkloadRef): Promise<Owner | 'silent' | null> {
    const found = await Promise.all([ROLLOUTS, CANARIES].map((kind) => this.#of(kind, namespace, name)))
    return found.find((one) => typeof one === 'object' && one !== null) ?? (found.includes('silent') ? 'silent' : null)
  }

  async #of(kind: Taking, namespace: string, name: string): Promise<Owner | 'silent' | null> {
    const takers = await this.#listed(kind, namespace)
    if (takers === 'silent') return 'silent'
    const taker = takers.find(({ deployment }) => deployment === name)
    return taker ? { kind: kind.owner, name: `${namespace}/${taker.name}`, undo: 'reverted', known: 'object' } : null
  }

  async #listed(kind: Taking, namespace: string): Promise<Taker[] | 'silent'> {
    const path = `namespaces/${encodeURIComponent(namespace)}/${kind.resource}`
    const key = `${kind.group}/${path}`
    const listed = this.#api.list(kind, path, (raw) => takerOf(raw, kind.field))
    // Also one that comes too late for this question.
    const noted = listed.then((found) => {
      if (found !== 'silent') this.#lastKnown.set(key, { at: this.#now(), takers: typeof found === 'string' ? [] : found })
      return found
    })
    const found = await inTime(noted, 'silent' as const)
    if (typeof found === 'object') return found
    if (found !== 'silent') return []
    const last = this.#lastKnown.get(key)
    return last && this.#now() - last.at < LAST_KNOWN_FOR_MS ? last.takers : 'silent'
  }
}

function takerOf(raw: JsonObject, field: Taking['field']): Taker {
  return { name: textAt(objectAt(raw, 'metadata'), 'name'), deployment: takenOver(raw, field) }
}
