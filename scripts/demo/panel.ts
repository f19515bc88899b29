interface PanelWorkload {
  workload: string
  image: string
  revision: number
  revisionNumbers: number[]
}

/** The sandbox's panel as a script uses it: it changes the world as a team would. */
export interface Panel {
  /** Deploys the next version with that fault. */
  deploy(workload: string, fault: string | null): Promise<{ image: string }>
  /** Takes away what could be gone back to. */
  forgetRevisions(workload: string): Promise<void>
  imageOf(workload: string): Promise<string>
}

export function panel(address: string): Panel {
  async function call<T>(path: string, body?: object): Promise<T> {
    const sent = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const answer = await fetch(`${address}/panel/${path}`, sent)
    if (!answer.ok) throw new Error(`the sandbox's panel, ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  async function find(workload: string): Promise<PanelWorkload> {
    const { workloads } = await call<{ workloads: PanelWorkload[] }>('state')
    const found = workloads.find((one) => one.workload === workload)
    if (!found) throw new Error(`the sandbox has no ${workload}`)
    return found
  }
  return {
    deploy: (workload, fault) => call('deploy', { workload, fault }),
    async forgetRevisions(workload) {
      const { revision, revisionNumbers } = await find(workload)
      for (const number of revisionNumbers) if (number !== revision) await call('remove-revision', { workload, revision: number })
    },
    imageOf: async (workload) => (await find(workload)).image,
  }
}
