'use client'

import { useState } from 'react'
import { CartesianGrid, Line, LineChart, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { prepareSignal, type SignalToDraw } from './prepare-signal.ts'

interface SignalChartProps {
  signal: SignalToDraw
  /** Says it in a sentence, for who does not see it. */
  label: string
  valueText: (value: number) => string
  timeText: (at: number) => string
  exactTimeText: (at: number) => string
}

/** Below this, labels are fewer; they do not shrink. */
const NARROW_PX = 560
const FONT = { fontSize: 12, fill: 'var(--text-3)' }

/** One reading over time, with its limit, what was done, and the time in which it was shown to be good. */
export function SignalChart({ signal, label, valueText, timeText, exactTimeText }: SignalChartProps) {
  const [width, setWidth] = useState(0)
  const chart = prepareSignal(signal, width > 0 && width < NARROW_PX ? 'narrow' : 'wide')
  const axisWidth = 12 + 7 * Math.max(...chart.valueTicks.map((tick) => valueText(tick).length))
  return (
    <div role="img" aria-label={label} className="h-60 w-full">
      <ResponsiveContainer width="100%" height="100%" onResize={(to) => setWidth(to)}>
        <LineChart data={chart.rows} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          {chart.healthy && <ReferenceArea x1={chart.healthy.from} x2={chart.healthy.to} fill="var(--good-soft)" fillOpacity={0.8} />}
          <XAxis
            dataKey="at"
            type="number"
            domain={[chart.from, chart.to]}
            ticks={chart.timeTicks}
            tickFormatter={timeText}
            tick={FONT}
            tickLine={false}
            stroke="var(--line-strong)"
            interval={0}
          />
          <YAxis
            domain={[chart.bottom, chart.top]}
            ticks={chart.valueTicks}
            tickFormatter={valueText}
            tick={FONT}
            tickLine={false}
            axisLine={false}
            width={axisWidth}
            interval={0}
          />
          <ReferenceLine y={chart.threshold} stroke="var(--bad)" strokeDasharray="5 4" />
          {chart.marks.map((mark) => (
            <ReferenceLine
              key={`${mark.tone} ${mark.at}`}
              x={mark.at}
              stroke="var(--text-3)"
              label={{
                value: mark.label,
                position: mark.isLabelLeft ? 'insideTopRight' : 'insideTopLeft',
                dy: mark.level * 16,
                ...FONT,
                fill: 'var(--text-2)',
              }}
            />
          ))}
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)' }}
            content={({ active, payload }) => {
              const row = payload?.[0]?.payload as { at: number; value: number | null } | undefined
              if (!active || !row || row.value === null) return null
              return (
                <div className="rounded-control bg-text px-2.5 py-1.5 text-xs text-bg tabular-nums shadow-lift">
                  {exactTimeText(row.at)} · {valueText(row.value)}
                </div>
              )
            }}
          />
          <Line
            dataKey="value"
            stroke="var(--accent)"
            strokeWidth={2}
            dot={chart.rows.length < 4}
            isAnimationActive={false}
            type="linear"
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  )
}
