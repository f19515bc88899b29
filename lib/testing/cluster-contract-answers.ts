import { beforeAll, describe, expect, it } from 'vitest'
import type { ApiCall } from '../adapters/kubernetes/api-client.ts'
import { collection, object, type Resource } from '../adapters/kubernetes/paths.ts'
import type { JsonValue } from '../core/json.ts'
import { at, type ClusterHarness, until } from './cluster-harness.ts'

const JSON_PATCH = 'application/json-patch+json'
/** A refusal is a Status: code, reason and details are what a client may go by. */
const failure = (code: number, reason: string) => ({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason })

/** What the server itself answers to what the adapter asks: the codes, reasons and details of its refusals. */
export function answerCases(given: () => ClusterHarness): void {
  describe('what the server answers', () => {
    let harness: ClusterHarness
    beforeAll(async () => {
      harness = given()
      // Paused from the start, the controller writes its status alone: no annotation, no ReplicaSet.
      await harness.create('deployments', {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'still' },
        spec: {
          paused: true,
          selector: { matchLabels: { app: 'still' } },
          template: { metadata: { labels: { app: 'still' } }, spec: { containers: [{ name: 'main', image: 'a:1' }] } },
        },
      })
    })

    /** Once the controller has written down what it saw: nobody writes it any more. */
    const still = () =>
      until('the controller to have seen it', async () => {
        const now = await harness.get('deployments', 'still')
        return at(now, 'status', 'observedGeneration') === at(now, 'metadata', 'generation') ? now : null
      })
    const patch = (body: JsonValue, options: Partial<ApiCall> = {}) =>
      harness.api.call({ verb: 'patch', ...object('deployments', harness.namespace, 'still'), body, contentType: JSON_PATCH, ...options })

    it.each<[Resource, { group?: string; kind: string }]>([
      ['deployments', { group: 'apps', kind: 'deployments' }],
      ['replicasets', { group: 'apps', kind: 'replicasets' }],
      ['pods', { kind: 'pods' }],
      ['services', { kind: 'services' }],
    ])('404 NotFound, naming it, for one of the %s that is not there', async (resource, details) => {
      const { status, body } = await harness.api.call({ verb: 'get', ...object(resource, harness.namespace, 'nobody') })
      expect(status).toBe(404)
      expect(body).toMatchObject({ ...failure(404, 'NotFound'), details: { name: 'nobody', ...details } })
      expect(body['message']).toBe(`${details.group ? `${resource}.apps` : resource} "nobody" not found`)
    })

    it('404 NotFound to a patch of a Deployment that is not there', async () => {
      const nobody = object('deployments', harness.namespace, 'nobody')
      const { status, body } = await patch([{ op: 'test', path: '/metadata/uid', value: 'x' }], nobody)
      expect(status).toBe(404)
      expect(body).toMatchObject({ ...failure(404, 'NotFound'), details: { name: 'nobody', group: 'apps', kind: 'deployments' } })
    })

    it('an empty list, not 404, for a namespace that is not there', async () => {
      const { status, body } = await harness.api.call({ verb: 'list', ...collection('deployments', 'no-such-namespace') })
      expect([status, body['kind'], body['items']]).toEqual([200, 'DeploymentList', []])
    })

    it('415 UnsupportedMediaType to a JSON Patch that says it is plain JSON', async () => {
      const { status, body } = await patch([], { contentType: 'application/json' })
      expect(status).toBe(415)
      expect(body).toMatchObject(failure(415, 'UnsupportedMediaType'))
    })

    it('400 BadRequest to what is no JSON Patch', async () => {
      const { status, body } = await patch({ spec: {} })
      expect(status).toBe(400)
      expect(body).toMatchObject(failure(400, 'BadRequest'))
    })

    it.each<[string, JsonValue]>([
      ['a test that fails', { op: 'test', path: '/metadata/generation', value: 99 }],
      ['a test of a uid that is another', { op: 'test', path: '/metadata/uid', value: 'x' }],
      ['a path that is not there', { op: 'replace', path: '/spec/nothing/there', value: 1 }],
    ])('422 Invalid without causes to %s, and changes nothing of the rest of the patch', async (_, step) => {
      const before = await still()
      const { status, body } = await patch([{ op: 'add', path: '/metadata/labels', value: { never: 'there' } }, step])
      expect(status).toBe(422)
      expect(body).toMatchObject(failure(422, 'Invalid'))
      expect(at(body, 'details', 'causes')).toBeUndefined()
      expect(await still()).toEqual(before)
    })

    it('422 Invalid, naming object and field, to a template that its selector does not match', async () => {
      const value = { metadata: { labels: { app: 'other' } }, spec: { containers: [{ name: 'main', image: 'a:1' }] } }
      const { status, body } = await patch([{ op: 'replace', path: '/spec/template', value }])
      expect(status).toBe(422)
      expect(body).toMatchObject({
        ...failure(422, 'Invalid'),
        message: expect.stringMatching(/^Deployment\.apps "still" is invalid: spec\.template\.metadata\.labels: Invalid value/),
        details: {
          name: 'still',
          group: 'apps',
          kind: 'Deployment',
          causes: [{ reason: 'FieldValueInvalid', field: 'spec.template.metadata.labels' }],
        },
      })
    })

    it('422 Invalid to a template without containers', async () => {
      const { status, body } = await patch([{ op: 'replace', path: '/spec/template/spec/containers', value: [] }])
      expect(status).toBe(422)
      expect(body).toMatchObject({ details: { causes: [{ reason: 'FieldValueRequired', field: 'spec.template.spec.containers' }] } })
    })

    it('409 Conflict to a write that names an old resourceVersion', async () => {
      const { status, body } = await patch([{ op: 'replace', path: '/metadata/resourceVersion', value: '1' }])
      expect(status).toBe(409)
      expect(body).toMatchObject({ ...failure(409, 'Conflict'), details: { name: 'still', group: 'apps', kind: 'deployments' } })
    })

    it('refuses in a dry run what it would refuse, and gives what it would store', async () => {
      const before = await still()
      const query = { dryRun: 'All' }
      expect((await patch([{ op: 'test', path: '/metadata/uid', value: 'x' }], { query })).status).toBe(422)
      const { status, body } = await patch([{ op: 'replace', path: '/spec/replicas', value: 7 }], { query })
      expect([status, at(body, 'spec', 'replicas'), at(body, 'metadata', 'generation')]).toEqual([
        200,
        7,
        Number(at(before, 'metadata', 'generation')) + 1,
      ])
      expect(await still()).toEqual(before)
    })

    it('holds a test for null only while there is nothing: annotations that came in between are told', async () => {
      const steps = [
        { op: 'test', path: '/metadata/annotations', value: null },
        { op: 'add', path: '/metadata/annotations', value: { mine: 'x' } },
      ]
      expect((await patch(steps)).status).toBe(200)
      expect((await patch(steps)).status).toBe(422)
    })

    it('a generation that a change of the spec or of an annotation moves, and a label does not', async () => {
      const before = await still()
      const generation = Number(at(before, 'metadata', 'generation'))
      const { body: labelled } = await patch([{ op: 'add', path: '/metadata/labels', value: { team: 'blue' } }])
      expect(at(labelled, 'metadata', 'generation')).toBe(generation)
      expect(at(labelled, 'metadata', 'resourceVersion')).not.toBe(at(before, 'metadata', 'resourceVersion'))
      const { body: annotated } = await patch([{ op: 'add', path: '/metadata/annotations', value: { note: 'x' } }])
      expect(at(annotated, 'metadata', 'generation')).toBe(generation + 1)
      const { body: scaled } = await patch([{ op: 'replace', path: '/spec/replicas', value: 3 }])
      expect(at(scaled, 'metadata', 'generation')).toBe(generation + 2)
    })

    it('the same resourceVersion to a patch that changes nothing', async () => {
      const before = await still()
      const { status, body } = await patch([{ op: 'test', path: '/metadata/uid', value: at(before, 'metadata', 'uid') ?? null }])
      expect([status, at(body, 'metadata', 'resourceVersion')]).toEqual([200, at(before, 'metadata', 'resourceVersion')])
    })

    it('records who wrote last, and when, under the name that the request gives', async () => {
      const query = { fieldManager: 'snapback' }
      const { body } = await patch([{ op: 'replace', path: '/spec/replicas', value: 4 }], { query })
      const managers = at(body, 'metadata', 'managedFields') as { manager: string; operation: string; time: string }[]
      const ours = managers.find(({ manager }) => manager === 'snapback')
      expect(ours?.operation).toBe('Update')
      expect(Math.abs(Date.now() - Date.parse(ours?.time ?? ''))).toBeLessThan(60_000)
    })

    it('a list page by page, with the same version on every page', async () => {
      for (const name of ['page-a', 'page-b']) await harness.createDeployment(name, { image: 'a:1', replicas: 0 })
      const list = { verb: 'list' as const, ...collection('deployments', harness.namespace) }
      const pages: string[][] = []
      const versions = new Set<unknown>()
      for (let next: string | undefined = ''; next !== undefined; ) {
        const query: Record<string, string> = { limit: '1', ...(next !== '' && { continue: next }) }
        const { body } = await harness.api.call({ ...list, query })
        pages.push((body['items'] as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name))
        versions.add(at(body, 'metadata', 'resourceVersion'))
        next = at(body, 'metadata', 'continue') as string | undefined
      }
      expect(pages.every((page) => page.length === 1)).toBe(true)
      expect(pages.flat()).toEqual(expect.arrayContaining(['page-a', 'page-b', 'still']))
      expect(new Set(pages.flat()).size).toBe(pages.length)
      expect(versions.size).toBe(1)
    })

    it('the version of itself', async () => {
      const { status, body } = await harness.api.call({ verb: 'get', resource: 'version', path: '/version' })
      expect(status).toBe(200)
      expect(body).toMatchObject({ major: expect.any(String), minor: expect.any(String), gitVersion: expect.stringMatching(/^v\d/) })
    })
  })
}
