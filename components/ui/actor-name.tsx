'use client'

import { useTranslations } from 'use-intl'
import type { Actor } from '../../lib/core/actor.ts'

/** Says who did it: a person's address, a key's name, or which part of the system. */
export function useActorName(): (actor: Actor) => string {
  const t = useTranslations('common.actor')
  return (actor) => (actor.kind === 'user' || actor.kind === 'token' ? actor.name : t(actor.kind))
}

export function ActorName({ actor }: { actor: Actor }) {
  return <span className="break-all">{useActorName()(actor)}</span>
}
