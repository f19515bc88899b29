'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Checkbox } from '../ui/checkbox.tsx'
import { Steering } from './steering.tsx'
import type { ViewProps } from './view.ts'

/** Switches dry run. Off is what lets Snapback change a cluster: it asks for a second yes. */
export function DryRunForm({ on, ...frame }: ViewProps & { on: boolean }) {
  const t = useTranslations('control')
  const form = useTranslations('control.dryRunForm')
  const [isSure, setSure] = useState(false)
  const [wasTried, setTried] = useState(false)
  const which = on ? 'On' : 'Off'
  const command = () => {
    setTried(true)
    return on || isSure ? { action: 'dry-run' as const, on, until: null } : null
  }
  return (
    <Steering
      {...frame}
      title={form(`title${which}`)}
      description={form(`description${which}`)}
      submit={form(`submit${which}`)}
      variant={on ? 'primary' : 'danger'}
      command={command}
      done={t(`done.dryRun${which}`)}
    >
      {!on && (
        <div>
          <Checkbox label={form('sure')} checked={isSure} onChange={setSure} aria-invalid={wasTried && !isSure ? true : undefined} />
          {wasTried && !isSure && (
            <p role="alert" className="font-medium text-bad">
              {form('sureMissing')}
            </p>
          )}
        </div>
      )}
    </Steering>
  )
}
