/** Places between two effects where a test may kill the process. */
export const KILL_POINTS = [
  'delivery-stored',
  'evaluation-gathered',
  'decision-stored',
  'rollback-opened',
  'undoing-stored',
  'patch-accepted',
  'undone-stored',
  'rollout-seen',
  'restored-stored',
  'health-seen',
  'ended-stored',
] as const
export type KillPoint = (typeof KILL_POINTS)[number]
