import { describe, expect, it } from 'vitest'
import { type PostedAlert, SandboxPrometheus } from './prometheus.ts'
import { evaluate, parse } from './promql/evaluate.ts'

const BEGIN = Date.UTC(2026, 10, 24, 12)
const RULES = `
groups:
  - name: alerts
    rules:
      - alert: QueueFull
        expr: queue_length > 10
        for: 3s
        labels: { severity: critical, where: "{{ $labels.queue }} of {{ $labels.nobody }}x" }
        annotations: { summary: "{{ $labels.queue }} holds {{ $value }}", odd: "{{ humanize $value }}" }
      - alert: Lingers
        expr: queue_length > 10
        keep_firing_for: 5s
  - name: slow
    interval: 4s
    rules:
      - { record: "queue:length:sum", expr: sum(queue_length) }
      - { record: broken, expr: "queue_length / on () queue_length" }
`

/** A Prometheus whose target shows what \`lengths\` says, second by second. */
function play(lengths: (Record<string, number> | null)[]) {
  let second = 0
  const sent: { second: number; alerts: PostedAlert[] }[] = []
  const show = () => {
    const current = lengths[second]
    if (!current) throw new Error('it is down')
    return Object.entries(current)
      .map(([queue, length]) => `queue_length{queue="${queue}"} ${length}`)
      .join('\n')
  }
  const prometheus = new SandboxPrometheus({
    targets: [{ job: 'queues', instance: 'host:1', scrape: show }],
    rules: RULES,
    externalLabels: { cluster: 'eu-1' },
    url: 'http://prometheus.example',
    send: async (alerts) => void sent.push({ second, alerts }),
  })
  return {
    prometheus,
    sent: (name: string) =>
      sent.flatMap((one) =>
        one.alerts.filter(({ labels }) => labels['alertname'] === name).map((alert) => ({ second: one.second, alert })),
      ),
    async run(visit: (second: number) => void = () => {}) {
      for (second = 0; second < lengths.length; second++) {
        await prometheus.tick(BEGIN + second * 1_000)
        visit(second)
      }
    },
    states: (name: string) =>
      prometheus
        .alerts()
        .filter(({ labels }) => labels['alertname'] === name)
        .map(({ state }) => state),
    ask(expression: string) {
      const value = evaluate(parse(expression), { store: prometheus.store, at: BEGIN + (lengths.length - 1) * 1_000 })
      return value.kind === 'vector' ? value.samples : []
    },
  }
}

const seconds = (second: number) => new Date(BEGIN + second * 1_000).toISOString()

describe('an alert', () => {
  it('is pending for as long as its rule says, then fires, and is over at once', async () => {
    const world = play([{ a: 11 }, { a: 12 }, { a: 13 }, { a: 14 }, { a: 15 }, { a: 1 }])
    const states: string[][] = []
    await world.run(() => states.push(world.states('QueueFull')))
    expect(states).toEqual([['pending'], ['pending'], ['pending'], ['firing'], ['firing'], []])
  })

  it('that was only pending is told to nobody', async () => {
    const world = play([{ a: 11 }, { a: 12 }, { a: 1 }, { a: 11 }, { a: 12 }])
    await world.run()
    expect(world.sent('QueueFull')).toEqual([])
  })

  it('is told when it fires, with what it is made of, and once more when it is over', async () => {
    const world = play([{ a: 11 }, { a: 12 }, { a: 13 }, { a: 14 }, { a: 15 }, { a: 1 }, { a: 1 }])
    await world.run()
    expect(world.sent('QueueFull')).toEqual([
      {
        second: 3,
        alert: {
          labels: {
            alertname: 'QueueFull',
            cluster: 'eu-1',
            instance: 'host:1',
            job: 'queues',
            queue: 'a',
            severity: 'critical',
            where: 'a of x',
          },
          annotations: { summary: 'a holds 14', odd: '<error expanding template: humanize $value is not supported by the sandbox>' },
          startsAt: seconds(3),
          endsAt: seconds(43),
          generatorURL: 'http://prometheus.example/graph?g0.expr=queue_length+%3E+10&g0.tab=1',
        },
      },
      { second: 5, alert: expect.objectContaining({ startsAt: seconds(3), endsAt: seconds(5) }) },
    ])
  })

  it('that fires on is told again, so that Alertmanager does not end it', async () => {
    const world = play(Array.from({ length: 20 }, () => ({ a: 11 })))
    await world.run()
    expect(world.sent('QueueFull').map(({ second }) => second)).toEqual([3, 13])
  })

  it('that began again is another one', async () => {
    const world = play([11, 11, 11, 11, 1, 11, 11, 11, 11].map((a) => ({ a })))
    await world.run()
    expect(world.sent('QueueFull').map(({ alert }) => alert.startsAt)).toEqual([3, 3, 8].map(seconds))
  })

  it('fires on for as long as its rule keeps it', async () => {
    const world = play([{ a: 11 }, ...Array.from({ length: 7 }, () => ({ a: 1 }))])
    const states: string[][] = []
    await world.run(() => states.push(world.states('Lingers')))
    expect(states.map(([state]) => state)).toEqual([...Array.from({ length: 6 }, () => 'firing'), undefined, undefined])
  })

  it('is its own for each series', async () => {
    const world = play(Array.from({ length: 5 }, () => ({ a: 11, b: 12, c: 3 })))
    await world.run()
    expect(world.sent('QueueFull').map(({ alert }) => alert.labels['queue'])).toEqual(['a', 'b'])
  })

  it('is a series while it is there', async () => {
    const firing = play(Array.from({ length: 5 }, () => ({ a: 11 })))
    await firing.run()
    expect(firing.ask('ALERTS{alertname="QueueFull"}')).toEqual([
      { labels: expect.objectContaining({ alertstate: 'firing', queue: 'a' }), value: 1 },
    ])
    expect(firing.ask('ALERTS_FOR_STATE{alertname="QueueFull"}')[0]?.value).toBe(BEGIN / 1_000)
    const over = play([...Array.from({ length: 5 }, () => ({ a: 11 })), { a: 1 }])
    await over.run()
    expect(over.ask('ALERTS{alertname="QueueFull"}')).toEqual([])
  })
})

describe('a scrape', () => {
  it('ends the series that it no longer has, and says whether the target is up', async () => {
    const world = play([{ a: 1, b: 2 }, { b: 3 }])
    await world.run()
    expect(world.ask('queue_length').map(({ labels, value }) => [labels['queue'], value])).toEqual([['b', 3]])
    expect(world.ask('up')[0]?.value).toBe(1)
  })

  it('of a target that is down ends them all', async () => {
    const world = play([{ a: 1 }, null])
    await world.run()
    expect(world.ask('queue_length')).toEqual([])
    expect(world.ask('up')[0]?.value).toBe(0)
  })
})

describe('a recording rule', () => {
  it('writes at its group’s own interval', async () => {
    const world = play([1, 2, 3, 4, 5, 6].map((a) => ({ a, b: 10 })))
    await world.run()
    expect(world.ask('queue:length:sum')).toEqual([{ labels: { __name__: 'queue:length:sum' }, value: 15 }])
    expect(world.ask('count_over_time(queue:length:sum[1m])')[0]?.value).toBe(2)
  })

  it('that cannot be evaluated says why, and stops no other', async () => {
    const world = play([{ a: 1, b: 2 }])
    await world.run()
    expect(world.prometheus.groups[1]?.rules[1]?.lastError).toContain('many-to-many')
  })
})
