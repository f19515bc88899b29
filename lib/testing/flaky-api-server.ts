import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import { loadConfiguration } from '../adapters/kubernetes/configuration.ts'
import type { JsonValue } from '../core/json.ts'

/** What happens to a request on its way; each may be changed at any time. */
interface Weather {
  /** `refuse`: every connection is cut. `stall`: bytes stop in both directions, connections stay open. */
  mode: 'fair' | 'refuse' | 'stall'
  /** Rewrites the query of every watch; gives the line to answer it with instead, or null to ask the server. */
  rewriteWatch: ((query: URLSearchParams, path: string) => string | null) | null
  /** Runs before the next request of this method is passed on, once: what comes in between. */
  before: { method: string; run(): Promise<unknown> } | null
  /** Changes the body of the next request of this method on its way, once: what an admission webhook does. */
  rewriteBody: { method: string; rewrite(body: JsonValue): JsonValue } | null
  /** Lets the next request of this method through and cuts the connection instead of giving its answer, once. */
  loseAnswerOf: string | null
  /** Answers the next request of this method with this status, without asking the server, once. */
  answerInstead: { method: string; status: number; body: unknown } | null
}

/**
 * Stands in front of the real API server and does to connections what networks do. Plain HTTP, so that it can be in
 * the way; it passes the callers' credentials on, and where a kubeconfig has client certificates it uses them itself.
 */
export class FlakyApiServer {
  readonly weather: Weather = { mode: 'fair', rewriteWatch: null, before: null, rewriteBody: null, loseAnswerOf: null, answerInstead: null }
  /** Method, path and query of every request that came, in order. */
  readonly requests: string[] = []
  /** How many were ever opened. */
  connections = 0
  readonly #server: http.Server
  readonly #sockets = new Set<Socket>()
  readonly #upstream: URL
  readonly #credentials: https.RequestOptions
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'flaky-'))

  /** @param port 0: any free one */
  static async start(kubeconfig: string, port = 0): Promise<FlakyApiServer> {
    const config = loadConfiguration(kubeconfig)
    if (config === null) throw new Error('the cluster tests need KUBECONFIG')
    const credentials: https.RequestOptions = {}
    await config.applyToHTTPSOptions(credentials)
    const server = new FlakyApiServer(new URL(config.getCurrentCluster()?.server ?? ''), credentials)
    await new Promise<void>((resolve) => server.#server.listen(port, '127.0.0.1', resolve))
    return server
  }

  private constructor(upstream: URL, credentials: https.RequestOptions) {
    this.#upstream = upstream
    this.#credentials = credentials
    this.#server = http.createServer((request, response) => this.#handle(request, response))
    this.#server.on('connection', (socket) => {
      this.connections += 1
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
      if (this.weather.mode === 'refuse') socket.destroy()
    })
  }

  /** Path of a kubeconfig that leads here. */
  get kubeconfig(): string {
    const { port } = this.#server.address() as AddressInfo
    const file = path.join(this.#folder, 'kubeconfig.json')
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'flaky', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'flaky', user: {} }],
      contexts: [{ name: 'flaky', context: { cluster: 'flaky', user: 'flaky' } }],
      'current-context': 'flaky',
    }
    writeFileSync(file, JSON.stringify(config))
    return file
  }

  /** Cuts every connection there is; new ones are welcome. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async stop(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
    rmSync(this.#folder, { recursive: true })
  }

  async #handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.#upstream)
    this.requests.push(`${request.method} ${url.pathname}${url.search}`)
    if (this.weather.mode === 'stall') return
    const { answerInstead, before } = this.weather
    if (answerInstead && answerInstead.method === request.method) {
      const { status, body } = answerInstead
      this.weather.answerInstead = null
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      return
    }
    const line = url.searchParams.has('watch') ? (this.weather.rewriteWatch?.(url.searchParams, url.pathname) ?? null) : null
    if (line !== null) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(`${line}\n`)
      return
    }
    if (before && before.method === request.method) {
      this.weather.before = null
      await before.run()
    }
    const isLost = this.weather.loseAnswerOf === request.method
    if (isLost) this.weather.loseAnswerOf = null
    this.#pass(url, request, response, isLost)
  }

  #pass(url: URL, request: http.IncomingMessage, response: http.ServerResponse, isLost: boolean): void {
    const { headers, ...tls } = this.#credentials
    const options = { ...tls, method: request.method, headers: { ...request.headers, host: url.host, ...headers } }
    const upstream = (url.protocol === 'http:' ? http : https).request(url, options)
    upstream.on('response', (answer) => {
      if (isLost) {
        answer.resume().on('end', () => request.socket.destroy())
        return
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      response.flushHeaders()
      // What stalled once stays so: bytes that were held back must not be missing from a stream that goes on.
      let isStalled = false
      const isOpen = () => {
        isStalled ||= this.weather.mode === 'stall'
        return !isStalled
      }
      answer.on('data', (chunk) => isOpen() && response.write(chunk))
      answer.on('end', () => isOpen() && response.end())
      answer.on('error', () => request.socket.destroy())
    })
    upstream.on('error', () => request.socket.destroy())
    response.on('close', () => upstream.destroy())
    const { rewriteBody } = this.weather
    if (rewriteBody === null || rewriteBody.method !== request.method) {
      request.pipe(upstream)
      return
    }
    this.weather.rewriteBody = null
    void json(request).then((body) => {
      const text = JSON.stringify(rewriteBody.rewrite(body as JsonValue))
      upstream.setHeader('content-length', Buffer.byteLength(text))
      upstream.end(text)
    })
  }
}
