/** The gates in the order of the list; the number of a gate is its place. */
export const GATE_NAMES = [
  'asked',
  'workload_found',
  'deploy_explains',
  'nothing_open',
  'target',
  'no_loop',
  'cooldown',
  'budget',
  'not_everyone',
  'allowed',
  'confirmed',
  'not_older',
  'new_pods',
  'accepted',
  'control',
] as const
export type GateName = (typeof GATE_NAMES)[number]
