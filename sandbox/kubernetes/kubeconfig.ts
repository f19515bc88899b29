import { writeFileSync } from 'node:fs'

/** Writes a kubeconfig that leads to the sandbox, readable by its owner alone: it holds the token. */
export function writeKubeconfig(file: string, { url, token }: { url: string; token: string }): void {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    // Plain HTTP: the client library refuses to send a token over it unless told so.
    clusters: [{ name: 'sandbox', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'sandbox', user: { token } }],
    contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user: 'sandbox' } }],
    'current-context': 'sandbox',
  }
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 })
}
