import type { Instant } from '../../../core/json.ts'

type Dated<T> = T extends Instant ? Date : T

/** Null stays null; undefined stays undefined, which Prisma reads as "leave it". */
export function toDate<T extends Instant | null | undefined>(at: T): Dated<T> {
  return (typeof at === 'number' ? new Date(at) : at) as Dated<T>
}

export function toInstant<T extends Date | null>(date: T): T extends Date ? Instant : null {
  return (date === null ? null : date.getTime()) as T extends Date ? Instant : null
}
