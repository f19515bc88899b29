import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FlakyApiServer } from '../../testing/flaky-api-server.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import { loadConfiguration } from './configuration.ts'

const TOKEN = 'secret-token-of-a-test'

describe('a call to the API server', () => {
  let server: FlakyApiServer
  let api: ApiClient
  beforeAll(async () => {
    server = await FlakyApiServer.start(process.env['KUBECONFIG'] ?? '')
    const file = server.kubeconfig
    writeFileSync(file, readFileSync(file, 'utf8').replace('"user":{}', `"user":{"token":"${TOKEN}"}`))
    const config = loadConfiguration(file)
    if (config === null) throw new Error('no configuration')
    api = createApiClient(config, { timeoutMs: 500, now: Date.now })
  })
  afterAll(() => server.stop())

  const get = { verb: 'get', resource: 'namespaces default', path: '/api/v1/namespaces/default' } as const

  it.each([401, 408, 429, 500, 503, 504])(
    'that is answered with %i is no answer: upstream_unavailable, naming verb, resource and status',
    async (status) => {
      server.weather.answerInstead = { method: 'GET', status, body: { message: 'the words of the server' } }
      const failure = await api.call(get).catch((error: unknown) => error)
      expect(failure).toMatchObject({
        code: 'upstream_unavailable',
        upstream: 'kubernetes',
        message: `kubernetes: get namespaces default: ${status} the words of the server`,
      })
      expect(JSON.stringify(failure) + String(failure)).not.toContain(TOKEN)
    },
  )

  it('that is refused is an answer, with the server’s words', async () => {
    const { status, body } = await api.call({ ...get, path: '/api/v1/namespaces/nobody' })
    expect({ status, reason: body['reason'] }).toEqual({ status: 404, reason: 'NotFound' })
    expect(await api.read({ ...get, path: '/api/v1/namespaces/nobody' })).toBeNull()
  })

  it('that meets a page of a proxy instead of JSON still tells the status', async () => {
    server.weather.answerInstead = { method: 'GET', status: 403, body: '<html>go away</html>' }
    await expect(api.read(get)).rejects.toMatchObject({ message: 'kubernetes: get namespaces default: 403 Forbidden' })
  })

  it('is tried again on another connection when the server had closed the kept one', async () => {
    await api.read(get)
    server.weather.loseAnswerOf = 'GET'
    expect(await api.read(get)).toMatchObject({ metadata: { name: 'default' } })
  })

  it('goes over one connection after the other call, not over a new one each', async () => {
    const before = server.connections
    for (let index = 0; index < 5; index += 1) await api.read(get)
    expect(server.connections - before).toBeLessThanOrEqual(1)
  })

  it('is not stopped for good by credentials that cannot be read', async () => {
    const config = loadConfiguration(server.kubeconfig)
    if (config === null) throw new Error('no configuration')
    const [user] = config.users
    config.users = [{ ...user, name: 'flaky', certFile: '/nonexistent/cert.pem' }]
    const failure = await createApiClient(config, { timeoutMs: 500, now: Date.now })
      .call(get)
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'upstream_unavailable', message: expect.stringContaining('credentials') })
  })

  it('does not wait for a credential plugin that hangs', async () => {
    const config = loadConfiguration(server.kubeconfig)
    if (config === null) throw new Error('no configuration')
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'sleep', args: ['3'] }
    config.users = [{ name: 'flaky', exec } as (typeof config.users)[number]]
    const api = createApiClient(config, { timeoutMs: 100, now: Date.now })
    const late = { code: 'upstream_unavailable', message: expect.stringMatching(/^kubernetes: get .*credentials.*in time$/) }
    await expect(api.call(get)).rejects.toMatchObject(late)
    await expect(api.stream(get, { idleMs: 1_000, signal: new AbortController().signal })).rejects.toMatchObject(late)
  })
})
