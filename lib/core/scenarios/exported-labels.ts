import { CRASH_LOOP } from '../story/alert-rule.ts'
import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const exportedLabels: Scenario = {
  title: 'kube-state-metrics is scraped without honor_labels: the failing pod is in `exported_pod`, the scraped one in `pod`',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: {
      rule: CRASH_LOOP,
      labels: { namespace: 'monitoring', pod: 'kube-state-metrics-0', exported_namespace: 'shop', exported_pod: 'checkout-a' },
    },
    pods: [
      { image: BAD, name: 'checkout-a', node: 'node-1', state: 'CrashLoopBackOff', restarts: 3 },
      { image: BAD, name: 'checkout-b', node: 'node-2', state: 'CrashLoopBackOff', restarts: 3 },
    ],
    deployments: ['monitoring/kube-state-metrics'],
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
