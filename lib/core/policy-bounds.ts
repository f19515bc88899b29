const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The least and the most that each time of a policy may be, in milliseconds. */
export const DURATION_BOUNDS = {
  attributionWindowMs: { min: MINUTE, max: 24 * HOUR },
  cooldownMs: { min: 0, max: 24 * HOUR },
  budgetWindowMs: { min: MINUTE, max: 24 * HOUR },
  commonCauseWithinMs: { min: 10 * SECOND, max: HOUR },
  goodAfterMs: { min: 0, max: 7 * 24 * HOUR },
  bakeTimeMs: { min: 5 * SECOND, max: HOUR },
  proposalExpiryMs: { min: MINUTE, max: 24 * HOUR },
} as const

/** The least and the most that each count of a policy may be. */
export const COUNT_BOUNDS = {
  budgetCount: { min: 1, max: 1_000 },
  commonCauseWorkloads: { min: 1, max: 1_000 },
  minRequests: { min: 0, max: 1_000_000 },
} as const

/** As many rows as a list of a policy may have. */
export const ROW_LIMITS = { freeze: 100, services: 500 } as const
