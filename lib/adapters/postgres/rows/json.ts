import { Prisma } from '../generated/client.ts'

/** A core value for a JSON column. Undefined stays undefined, which Prisma reads as "leave it". */
export function toJson<T>(value: T): T extends undefined ? undefined : Prisma.InputJsonValue {
  return value as never
}

/** For a JSON column that may be empty: null is SQL's null, not JSON's. */
export function toJsonOrNull(value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull | undefined {
  return value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue | undefined)
}

/** What was stored through `toJson`. The column holds nothing but what this adapter wrote. */
export function fromJson<T>(value: Prisma.JsonValue): T {
  return value as T
}
