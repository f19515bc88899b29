import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import type { JsonObject } from '../core/json.ts'

interface Review {
  request: { uid: string; object: { spec: { template: { spec: { containers: JsonObject[] } } } } }
}

/** An admission webhook on loopback, as a service mesh has one: it adds a container to every template that lacks it. */
export class RewritingWebhook {
  /** What the API server has to trust, for `caBundle`. */
  readonly certificate: string
  /** How often it was asked; never, by an API server on another machine. */
  calls = 0
  readonly #server: https.Server

  static async start(container: JsonObject): Promise<RewritingWebhook> {
    const folder = mkdtempSync(path.join(tmpdir(), 'webhook-'))
    const [key, cert] = [path.join(folder, 'key'), path.join(folder, 'cert')]
    const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...names, '-keyout', key, '-out', cert]
    execFileSync('openssl', args, { stdio: 'ignore' })
    const webhook = new RewritingWebhook(readFileSync(key, 'utf8'), readFileSync(cert, 'utf8'), container)
    rmSync(folder, { recursive: true })
    await new Promise<void>((resolve) => webhook.#server.listen(0, '127.0.0.1', resolve))
    return webhook
  }

  private constructor(key: string, certificate: string, container: JsonObject) {
    this.certificate = certificate
    this.#server = https.createServer({ key, cert: certificate }, async (request, response) => {
      this.calls += 1
      const { uid, object } = ((await json(request)) as Review).request
      const isThere = object.spec.template.spec.containers.some(({ name }) => name === container['name'])
      const steps = isThere ? [] : [{ op: 'add', path: '/spec/template/spec/containers/-', value: container }]
      const patch = Buffer.from(JSON.stringify(steps)).toString('base64')
      const answer = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ ...answer, response: { uid, allowed: true, patchType: 'JSONPatch', patch } }))
    })
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
