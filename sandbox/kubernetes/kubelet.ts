import { behaviourOf, type ContainerBehaviour, type Timing } from './container-behaviour.ts'
import type { ObjectStore } from './object-store.ts'
import { type ContainerState, type ContainerStatus, type Pod, timestamp } from './objects.ts'
import { recordEvent } from './record-event.ts'

/** What a pod goes through on its node. The steps that wait are on the clock; each looks again at what is there. */
export class Kubelet {
  readonly #store: ObjectStore
  readonly #timing: Timing
  readonly #nodes: readonly string[]
  /** uids of pods that were taken up, and of those that are on their way out. */
  readonly #taken = new Set<string>()
  readonly #ending = new Set<string>()
  #bound = 0

  constructor(store: ObjectStore, { timing, nodes }: { timing: Timing; nodes: readonly string[] }) {
    this.#store = store
    this.#timing = timing
    this.#nodes = nodes
  }

  /** To be told of every pod that was written. */
  sync(pod: Pod): void {
    const { uid, deletionTimestamp } = pod.metadata
    if (deletionTimestamp !== undefined && !this.#ending.has(uid)) {
      this.#ending.add(uid)
      this.#tell(pod, 'Normal', 'Killing', `Stopping container ${nameOf(pod)}`)
      this.#later(this.#timing.stopMs, pod, (now) => this.#store.delete('pods', now.metadata))
    } else if (deletionTimestamp === undefined && !this.#taken.has(uid)) {
      this.#taken.add(uid)
      this.#bind(pod)
      this.#later(this.#timing.startMs, pod, (now) => this.#start(now, 0))
    }
  }

  forget(pod: Pod): void {
    this.#taken.delete(pod.metadata.uid)
    this.#ending.delete(pod.metadata.uid)
  }

  #bind(pod: Pod): void {
    const { namespace = '', name } = pod.metadata
    const node = this.#nodes[this.#bound++ % this.#nodes.length] ?? 'node'
    this.#store.change('pods', pod.metadata, (draft) => {
      draft.spec.nodeName = node
      draft.status.conditions = [{ type: 'PodScheduled', status: 'True', lastTransitionTime: this.#now() }]
    })
    recordEvent(this.#store, pod, {
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${namespace}/${name} to ${node}`,
      source: { component: 'default-scheduler' },
    })
  }

  #start(pod: Pod, restarts: number): void {
    const behaviour = this.#behaviour(pod)
    this.#set(pod, { state: { running: { startedAt: this.#now() } }, restartCount: restarts })
    this.#tell(pod, 'Normal', 'Pulled', `Container image "${imageOf(pod)}" already present on machine`)
    this.#tell(pod, 'Normal', 'Created', `Created container ${nameOf(pod)}`)
    this.#tell(pod, 'Normal', 'Started', `Started container ${nameOf(pod)}`)
    const { readyMs, crashMs, leakMs } = this.#timing
    if (behaviour.crashes) {
      this.#later(crashMs, pod, (now) => this.#end(now, { exitCode: 1, reason: 'Error' }))
      return
    }
    this.#later(readyMs, pod, (now) => {
      if (behaviour.isEverReady) this.#set(now, { ready: true })
      else this.#tell(now, 'Warning', 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503')
    })
    if (behaviour.fault === 'memory-leak') this.#later(leakMs, pod, (now) => this.#end(now, { exitCode: 137, reason: 'OOMKilled' }))
  }

  /** The first time it is started again at once; what crashes does so at once too, and from then on waits longer every time. */
  #end(pod: Pod, how: { exitCode: number; reason: string }): void {
    const told = pod.status.containerStatuses?.[0]
    const now = this.#now()
    const startedAt = told?.state.running?.startedAt ?? now
    const lastState: ContainerState = { terminated: { ...how, startedAt, finishedAt: now } }
    const restarts = (told?.restartCount ?? 0) + 1
    if (this.#behaviour(pod).crashes) {
      this.#backOff(pod, lastState, restarts)
    } else {
      this.#set(pod, { lastState, ready: false })
      this.#start(this.#fresh(pod) ?? pod, restarts)
    }
  }

  #backOff(pod: Pod, lastState: ContainerState, restarts: number): void {
    const waitMs = Math.min(this.#timing.longestBackOffMs, this.#timing.backOffMs * 2 ** (restarts - 1))
    const { namespace = '', name, uid } = pod.metadata
    const message = `back-off ${Math.ceil(waitMs / 1_000)}s restarting failed container=${nameOf(pod)} pod=${name}_${namespace}(${uid})`
    const state: ContainerState = { waiting: { reason: 'CrashLoopBackOff', message } }
    this.#set(pod, { state, lastState, restartCount: restarts, ready: false, started: false })
    this.#tell(pod, 'Warning', 'BackOff', 'Back-off restarting failed container')
    this.#later(waitMs, pod, (again) => this.#end(again, { exitCode: 1, reason: 'Error' }))
  }

  #set(pod: Pod, change: Partial<ContainerStatus>): void {
    this.#store.change('pods', pod.metadata, ({ metadata, spec, status }) => {
      const [before] = status.containerStatuses ?? []
      const first = {
        name: nameOf(pod),
        image: imageOf(pod),
        imageID: '',
        containerID: `sandbox://${metadata.uid}`,
        restartCount: 0,
        lastState: {},
        ready: false,
        started: true,
        state: {},
      }
      const told: ContainerStatus = { ...first, ...before, ...change }
      status.containerStatuses = [told, ...spec.containers.slice(1).map(({ name, image }) => ({ ...told, name, image }))]
      status.phase = 'Running'
      status.startTime ??= this.#now()
      status.hostIP = '127.0.0.1'
      const condition = (type: string, ok: boolean) => {
        const was = status.conditions?.find((one) => one.type === type)
        if (was?.status === (ok ? 'True' : 'False')) return was
        const told = { type, status: ok ? ('True' as const) : ('False' as const), lastTransitionTime: this.#now() }
        return ok ? told : { ...told, reason: 'ContainersNotReady', message: `containers with unready status: [${nameOf(pod)}]` }
      }
      status.conditions = [
        condition('PodScheduled', true),
        condition('Initialized', true),
        condition('ContainersReady', told.ready),
        condition('Ready', told.ready),
      ]
    })
  }

  /** Runs unless the pod is gone by then; one that is on its way out takes no further step but that. */
  #later(ms: number, { metadata }: Pod, run: (pod: Pod) => void): void {
    const wasEnding = this.#ending.has(metadata.uid)
    this.#store.clock.after(ms, () => {
      const pod = this.#store.get('pods', metadata.namespace ?? null, metadata.name)
      if (pod?.metadata.uid === metadata.uid && this.#ending.has(metadata.uid) === wasEnding) run(pod)
    })
  }

  #fresh({ metadata }: Pod): Pod | null {
    return this.#store.get('pods', metadata.namespace ?? null, metadata.name)
  }

  #behaviour(pod: Pod): ContainerBehaviour {
    const [container = { name: '', image: '' }] = pod.spec.containers
    return behaviourOf(container, this.#timing)
  }

  #tell(pod: Pod, type: 'Normal' | 'Warning', reason: string, message: string): void {
    const host = this.#fresh(pod)?.spec.nodeName ?? ''
    recordEvent(this.#store, pod, { type, reason, message, source: { component: 'kubelet', host } })
  }

  #now(): string {
    return timestamp(this.#store.clock.now())
  }
}

function nameOf({ spec }: Pod): string {
  return spec.containers[0]?.name ?? ''
}

function imageOf({ spec }: Pod): string {
  return spec.containers[0]?.image ?? ''
}
