import type { JsonObject } from '../../lib/core/json.ts'

/** Which workload reads one: each of its releases writes it, and a rollback does not change it back. */
const CONFIG_MAPS: Readonly<Record<string, string>> = { checkout: 'checkout-settings' }

/**
 * The pod template of a workload of the demo, whole, with all that an API server would fill in: the past and the sandbox's cluster then
 * have the same fingerprint of it, so that what was condemned in the past is known in the present.
 */
export function podTemplate(name: string, image: string): JsonObject {
  const configMap = CONFIG_MAPS[name]
  return {
    metadata: { creationTimestamp: null, labels: { app: name } },
    spec: {
      containers: [
        {
          name,
          image,
          ...(configMap !== undefined && { envFrom: [{ configMapRef: { name: configMap } }] }),
          ports: [{ containerPort: 8080, protocol: 'TCP' }],
          resources: { limits: { memory: '256Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          imagePullPolicy: 'IfNotPresent',
        },
      ],
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      securityContext: {},
      schedulerName: 'default-scheduler',
    },
  }
}
