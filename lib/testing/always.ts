import * as fc from 'fast-check'

/** A property that has to hold for whatever `arbitrary` makes up; fails with the smallest case that breaks it. */
export function always<T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void {
  // Not a promise: the property is synchronous, which the linter cannot tell.
  void fc.assert(fc.property(arbitrary, holds), { numRuns: 1_000 })
}
