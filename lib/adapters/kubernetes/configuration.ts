import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { SnapbackError } from '../../core/errors.ts'

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token'

/**
 * How to reach the API server: the files that KUBECONFIG names, else the pod's own ServiceAccount. Null: neither
 * is there. Reads files only; an unreachable server is no error here.
 *
 * @param kubeconfig value of KUBECONFIG, one path or several joined as in PATH
 */
export function loadConfiguration(kubeconfig: string | null): KubeConfig | null {
  const files = (kubeconfig ?? '').split(path.delimiter).filter((file) => file !== '')
  const config = files.length > 0 ? fromFiles(files) : fromServiceAccount()
  if (config !== null) check(config, files.length > 0)
  return config
}

function fromFiles(files: readonly string[]): KubeConfig {
  const merged = new KubeConfig()
  files.forEach((file, index) => {
    const config = index === 0 ? merged : new KubeConfig()
    try {
      readFileSync(file)
      config.loadFromFile(file)
      if (index > 0) merged.mergeConfig(config, true)
    } catch (error) {
      throw new SnapbackError('invalid', `KUBECONFIG: ${file} ${whyUnusable(error)}`)
    }
  })
  return merged
}

function fromServiceAccount(): KubeConfig | null {
  if (!existsSync(SERVICE_ACCOUNT_TOKEN)) return null
  const config = new KubeConfig()
  config.loadFromCluster()
  return config
}

function check(config: KubeConfig, isFromFiles: boolean): void {
  const where = isFromFiles ? 'KUBECONFIG' : 'the ServiceAccount of this pod'
  const cluster = config.getCurrentCluster()
  if (!cluster) throw new SnapbackError('invalid', `${where}: the current context names no cluster`)
  const url = URL.canParse(cluster.server) ? new URL(cluster.server) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new SnapbackError('invalid', `${where}: the cluster's server is no http or https address`)
  }
  // The client library refuses to send credentials in the clear unless told so.
  if (url.protocol === 'http:' && !cluster.skipTLSVerify) {
    throw new SnapbackError('invalid', `${where}: an http server needs insecure-skip-tls-verify`)
  }
}

/** Says why without quoting the file: a parser's message may show a line with a token. */
function whyUnusable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  if (code === 'ENOENT') return 'does not exist'
  if (code === 'EACCES') return 'cannot be read (permission denied)'
  if (code === 'EISDIR') return 'is a directory'
  return 'is no kubeconfig'
}
