import { isObject, type JsonObject, type JsonValue, objectAt } from '../../lib/core/json.ts'
import type { Resource } from './objects.ts'

/** What the API server fills in where nothing is said, for the resources that have a pod template; others stay as they came. */
export function withDefaults(resource: Resource, object: JsonObject): JsonObject {
  const spec = objectAt(object, 'spec')
  switch (resource) {
    case 'deployments':
      return { ...object, spec: deploymentSpec(spec), status: object['status'] ?? {} }
    case 'replicasets':
      return {
        ...object,
        spec: { replicas: 1, ...spec, template: podTemplate(spec['template']) },
        status: object['status'] ?? { replicas: 0 },
      }
    case 'pods':
      return { ...object, spec: podSpec(spec), status: object['status'] ?? { phase: 'Pending' } }
    default:
      return object
  }
}

function deploymentSpec(spec: JsonObject): JsonObject {
  const { paused, minReadySeconds, ...rest } = spec
  return {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    ...rest,
    // Go leaves out what is zero.
    ...(paused === true && { paused }),
    ...(minReadySeconds !== undefined && minReadySeconds !== 0 && { minReadySeconds }),
    strategy: strategy(objectAt(spec, 'strategy')),
    template: podTemplate(spec['template']),
  }
}

function strategy(given: JsonObject): JsonObject {
  if (given['type'] === 'Recreate') return { type: 'Recreate' }
  return { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%', ...objectAt(given, 'rollingUpdate') } }
}

function podTemplate(given: JsonValue | undefined): JsonObject {
  const template = isObject(given) ? given : {}
  return {
    ...template,
    metadata: { creationTimestamp: null, ...objectAt(template, 'metadata') },
    spec: podSpec(objectAt(template, 'spec')),
  }
}

function podSpec(spec: JsonObject): JsonObject {
  const containers = Array.isArray(spec['containers']) ? spec['containers'].map((one) => (isObject(one) ? container(one) : one)) : []
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...spec,
    containers,
  }
}

function container(given: JsonObject): JsonObject {
  const image = typeof given['image'] === 'string' ? given['image'] : ''
  const isLatest = !/:[^/]+$/.test(image) || image.endsWith(':latest')
  return {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: isLatest ? 'Always' : 'IfNotPresent',
    ...given,
  }
}
