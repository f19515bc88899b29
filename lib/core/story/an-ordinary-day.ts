import { ERROR_RATE } from './alert-rule.ts'
import type { AlertTold, Story } from './story.ts'
import { days, minutes } from './story-time.ts'

/** What served well for a day, and is gone back to. */
export const GOOD = 'checkout:1.41.0'
/** What was deployed in minute 0. */
export const BAD = 'checkout:1.42.0'

export interface Told extends Partial<Omit<Story, 'alert'>> {
  alert?: Partial<AlertTold>
}

/**
 * The ordinary story of a bad deploy, so that a file tells only what is different in its own: checkout in the namespace shop served 1.41.0
 * for a day; 1.42.0 is deployed in minute 0 and its rollout is complete after half a minute; errors begin in minute 1 and the alert
 * fires in minute 2. Mode `auto`, dry run off, everybody answers, nobody else is in trouble.
 */
export function aBadDeploy({ alert, ...told }: Told = {}): Story {
  const rule = alert?.rule ?? ERROR_RATE
  return {
    workload: 'shop/checkout',
    deploys: [
      { at: days(-1), image: GOOD },
      { at: 0, image: BAD },
    ],
    rollbacks: [],
    pods: [],
    others: [],
    rollbacksElsewhere: [],
    historyLimit: 10,
    owner: {},
    deploymentPaused: false,
    deleted: null,
    deployments: [],
    services: {},
    policy: {},
    control: {},
    silent: {},
    notConfigured: [],
    patch: [],
    ...told,
    alert: { rule, began: minutes(1), fired: minutes(2), readings: [{ at: days(-9), value: rule.healthy }], ...alert },
  }
}
