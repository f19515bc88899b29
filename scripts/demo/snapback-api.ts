/** The application as the demo reads it: HTTP with a token. */
export interface SnapbackApi {
  /** @throws for every answer that is no 2xx */
  get<T>(path: string): Promise<T>
}

class Refused extends Error {
  readonly status: number

  constructor(path: string, status: number, text: string) {
    super(`GET ${path}: ${status} ${text}`)
    this.status = status
  }
}

/** Nobody answers, or it is the database that does not: it will be back. Any other answer is a mistake of ours. */
export function isAway(error: unknown): boolean {
  return error instanceof Refused ? error.status >= 500 : error instanceof TypeError
}

export function snapbackApi(address: string, token: string): SnapbackApi {
  return {
    async get<T>(path: string): Promise<T> {
      const answer = await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } })
      if (!answer.ok) throw new Refused(path, answer.status, await answer.text())
      return (await answer.json()) as T
    },
  }
}

export interface WireRevision {
  number: number
  uid: string
  images: string[]
}

export interface WireCheck {
  gate: string
  answer: 'pass' | 'hold' | 'inconclusive' | 'not_applicable'
  reason: string
  values: Record<string, unknown>
}

export interface WireDecision {
  id: string
  verdict: string
  effect: string
  reason: string
  decidedAt: string
  checks: WireCheck[]
}

export interface WireRollback {
  id: string
  phase: string
  endedAt: string | null
  from: WireRevision
  to: WireRevision
  outcome: { reason: string; detail: string | null } | null
  clocks: Record<string, string | null> & { parts: Record<string, number | null> }
}

export interface WireIncident {
  incident: {
    id: string
    openedAt: string
    startedAt: string
    closedAt: string | null
    outcome: string | null
    workload: { namespace: string; name: string }
  }
  episodes: { receivedAt: string; labels: Record<string, string>; annotations: Record<string, string> }[]
  decisions: WireDecision[]
  rollbacks: WireRollback[]
}
