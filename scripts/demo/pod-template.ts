import type { JsonObject } from '../../lib/core/json.ts'

/**
 * The pod template of a workload of the demo, whole, with all that an API server would fill in: the past and the sandbox's cluster then
 * have the same fingerprint of it, so that what was condemned in the past is known in the present.
 */
export function podTemplate(name: string, image: string): JsonObject {
  return {
    metadata: { creationTimestamp: null, labels: { app: name } },
    spec: {
      containers: [
        {
          name,
          image,
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
