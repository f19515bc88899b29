'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Scope } from '../../lib/core/scope.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog, DialogCancel } from '../ui/dialog.tsx'
import { type Named, NameFields } from '../ui/name-fields.tsx'
import { policyPath } from '../ui/scope-path.ts'

/** Asks which namespace or workload, and leads to its policy. */
export function ChooseScope({ onClose }: { onClose: () => void }) {
  const t = useTranslations('policies.choose')
  const form = useTranslations('control.pauseForm')
  const common = useTranslations('common')
  const router = useRouter()
  const [level, setLevel] = useState<'namespace' | 'workload'>('namespace')
  const [named, setNamed] = useState<Named>({ namespace: '', name: '' })
  const [wasTried, setTried] = useState(false)
  const go = () => {
    setTried(true)
    const scope = scopeOf(level, named)
    if (scope !== null) router.push(policyPath(scope))
  }
  const actions = (
    <>
      <DialogCancel>
        <Button>{common('cancel')}</Button>
      </DialogCancel>
      <Button variant="primary" onClick={go}>
        {t('confirm')}
      </Button>
    </>
  )
  return (
    <Dialog open onOpenChange={onClose} title={t('title')} description={t('detail')} actions={actions}>
      <Choice
        label={form('scope')}
        value={level}
        onChange={setLevel}
        options={(['namespace', 'workload'] as const).map((value) => ({ value, label: form(value) }))}
      />
      <NameFields level={level} named={named} onChange={setNamed} wasTried={wasTried} />
    </Dialog>
  )
}

function scopeOf(level: 'namespace' | 'workload', { namespace, name }: Named): Scope | null {
  if (namespace === '') return null
  if (level === 'namespace') return { level, namespace }
  return name === '' ? null : { level, workload: { namespace, kind: 'Deployment', name } }
}
