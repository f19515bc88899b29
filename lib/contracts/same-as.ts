import type { z } from 'zod'

/**
 * Ties a schema to the hand-written core type that it stands for, both ways: a field, or a word of a closed set, that one
 * has and the other lacks does not compile.
 */
export function sameAs<Core>() {
  return <S extends z.ZodType>(schema: S & Same<Core, z.output<S>>): S => schema
}

type Same<Core, Output> = [Output] extends [Core] ? ([Core] extends [Output] ? unknown : Differs<Core, Output>) : Differs<Core, Output>
/** Never met by a schema: shows both sides in the compiler's message. */
interface Differs<Core, Output> {
  core: Core
  schema: Output
}
