import { type SnapbackError, upstreamError } from '../../core/errors.ts'
import type { Cluster, Log } from '../../ports.ts'

/** Stands where no cluster is configured: the application runs, and whoever asks is told. */
export function unconfigured(log: Log): Cluster {
  const fail = async (): Promise<never> => {
    throw notConfigured()
  }
  return {
    async watch() {
      log.warn('kubernetes.not-configured', { hint: 'set KUBECONFIG, or run inside a cluster' })
    },
    isSynced: () => false,
    trouble: () => notConfigured().message,
    observedDeploys: () => [],
    deployments: () => [],
    deployment: () => null,
    revisions: () => [],
    deploymentOfPod: fail,
    namespacesOfService: fail,
    deploymentsOfService: fail,
    read: fail,
    pods: fail,
    inspectPod: async () => ({ events: 'silent', logs: 'silent' }),
    inspectConfig: async () => 'silent',
    owner: async () => null,
    template: fail,
    dryRunUndo: async () => ({ kind: 'silent', message: notConfigured().message }),
    undo: fail,
    ping: fail,
    clockSkewMs: () => null,
  }
}

function notConfigured(): SnapbackError {
  return upstreamError('kubernetes', 'no cluster is configured: set KUBECONFIG, or run inside a cluster')
}
