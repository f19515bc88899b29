/** Who did it. `id` is stable (user id, token id), `name` is for showing. */
export type Actor =
  | { kind: 'engine' }
  | { kind: 'webhook' }
  | { kind: 'configuration' }
  | { kind: 'user'; id: string; name: string }
  | { kind: 'token'; id: string; name: string }

export const ENGINE: Actor = { kind: 'engine' }
export const CONFIGURATION: Actor = { kind: 'configuration' }

/** The name that people see beside what was done. */
export function actorName(actor: Actor): string {
  return actor.kind === 'user' || actor.kind === 'token' ? actor.name : actor.kind
}
