'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PAUSE_LENGTHS, type PauseLength, pauseEnd } from '../../lib/client/control-state.ts'
import type { Scope } from '../../lib/core/scope.ts'
import { useNow, useZone } from '../providers/clock.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Choice } from '../ui/choice.tsx'
import { type Named, NameFields } from '../ui/name-fields.tsx'
import { useScopeName } from '../ui/scope-name.tsx'
import { useClockTime } from '../ui/time.tsx'
import { Steering } from './steering.tsx'
import type { ViewProps } from './view.ts'

/** Pauses the cluster, a namespace or a workload, for a time or, with a second yes, for good. */
export function PauseForm({ scope: first, ...frame }: ViewProps & { scope: Scope }) {
  const t = useTranslations('control')
  const form = useTranslations('control.pauseForm')
  const scopeName = useScopeName()
  const clock = useClockTime()
  const now = useNow()
  const zone = useZone()
  const [level, setLevel] = useState(first.level)
  const [named, setNamed] = useState(namesOf(first))
  const [length, setLength] = useState<PauseLength>('half-hour')
  const [isSure, setSure] = useState(false)
  const [wasTried, setTried] = useState(false)

  const scope = scopeOf(level, named)
  const until = pauseEnd(length, now, zone)
  const needsYes = length === 'for-good' && !isSure
  const command = () => {
    setTried(true)
    return scope === null || needsYes ? null : { action: 'pause' as const, scope, until: pauseEnd(length, Date.now(), zone) }
  }
  const name = scopeName(scope ?? { level: 'cluster' })

  return (
    <Steering
      {...frame}
      title={scope === null ? t('pause') : form('title', { scope: name })}
      description={form('description')}
      submit={scope === null ? t('pause') : form('submit', { scope: name })}
      command={command}
      done={t('done.paused', { scope: name })}
    >
      {first.level === 'cluster' && (
        <Choice
          label={form('scope')}
          value={level}
          onChange={setLevel}
          options={(['cluster', 'namespace', 'workload'] as const).map((value) => ({ value, label: form(value) }))}
        />
      )}
      {first.level === 'cluster' && level !== 'cluster' && (
        <NameFields level={level} named={named} onChange={setNamed} wasTried={wasTried} />
      )}
      <div>
        <Choice
          label={form('length')}
          value={length}
          onChange={setLength}
          options={PAUSE_LENGTHS.map((value) => ({ value, label: form(value) }))}
        />
        <p className="mt-1.5 text-text-2" aria-live="polite">
          {until === null ? form('never') : form('ends', { at: clock(until) })}
        </p>
        {length === 'for-good' && (
          <Checkbox label={form('sure')} checked={isSure} onChange={setSure} aria-invalid={wasTried && needsYes ? true : undefined} />
        )}
        {wasTried && needsYes && (
          <p role="alert" className="font-medium text-bad">
            {form('sureMissing')}
          </p>
        )}
      </div>
    </Steering>
  )
}

function namesOf(scope: Scope): Named {
  if (scope.level === 'workload') return { namespace: scope.workload.namespace, name: scope.workload.name }
  return { namespace: scope.level === 'namespace' ? scope.namespace : '', name: '' }
}

/** Null: a name is missing. */
function scopeOf(level: Scope['level'], { namespace, name }: Named): Scope | null {
  if (level === 'cluster') return { level }
  if (namespace === '') return null
  if (level === 'namespace') return { level, namespace }
  return name === '' ? null : { level, workload: { namespace, kind: 'Deployment', name } }
}
