'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { statusOf } from '../../lib/client/api-error.ts'
import { policiesQuery } from '../../lib/client/policies.ts'
import { policyDifferences } from '../../lib/client/policy-difference.ts'
import { type PolicyDraft, type PolicyEdits, readEdits } from '../../lib/client/policy-draft.ts'
import { type PolicyField, policyLevels } from '../../lib/client/policy-levels.ts'
import { refusedFields, useSavePolicy } from '../../lib/client/save-policy.ts'
import type { StoredPolicy } from '../../lib/core/policy.ts'
import { type Scope, scopeKey } from '../../lib/core/scope.ts'
import { useZone } from '../providers/clock.tsx'

/**
 * What somebody makes of a scope's policy. What they saw is what they decide on: a change by somebody else is shown, and taken
 * over only when they say so or were too late.
 */
export function usePolicyEdits(scope: Scope, policies: readonly StoredPolicy[]) {
  const client = useQueryClient()
  const zone = useZone()
  const save = useSavePolicy()
  const [seen, setSeen] = useState(policyLevels(policies, scope).own)
  const [edits, setEdits] = useState<PolicyEdits>({})
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const [left, setLeft] = useState<ReadonlySet<PolicyField>>(new Set())
  /** What one saw before somebody else was faster; null: nobody was. */
  const [overtaken, setOvertaken] = useState<StoredPolicy | null>(null)

  const shown = withOwn(policies, seen)
  const fresh = policyLevels(policies, scope).own
  const reading = readEdits(seen.fields, edits, zone)
  const errors = [...reading.errors, ...refusedFields(save.error)]
  const takeOver = (now: StoredPolicy) => {
    setOvertaken(seen)
    setSeen(now)
  }
  const ownNow = () => policyLevels(client.getQueryData(policiesQuery().queryKey)?.policies ?? policies, scope).own

  return {
    levels: policyLevels(shown, scope),
    shown,
    fields: reading.fields,
    errors,
    edits,
    reason,
    setReason,
    wasTried,
    save,
    overtaken,
    fresh,
    /** Somebody saved while one looks, and it is not taken over yet. */
    isOvertaken: fresh.version !== seen.version && !save.isPending,
    /** Without the fields that are wrong: nobody knows what they shall be. */
    differences: policyDifferences(shown, scope, reading.fields).filter(
      ({ field }) => !errors.some(({ path }) => path.split('.', 1)[0] === field),
    ),
    /** Null: set here no longer; undefined: as it was. */
    edit: <F extends PolicyField>(field: F, draft: PolicyDraft[F] | null | undefined) => {
      save.reset()
      setEdits(({ [field]: _before, ...others }) => (draft === undefined ? others : { ...others, [field]: draft }))
    },
    /** Whether to say what is wrong with a field: not while it is typed for the first time. */
    mayComplain: (field: PolicyField) => wasTried || left.has(field),
    leave: (field: PolicyField) => setLeft((before) => (before.has(field) ? before : new Set([...before, field]))),
    discard: () => {
      setEdits({})
      setReason('')
      setTried(false)
      setLeft(new Set())
      setOvertaken(null)
      save.reset()
      setSeen(fresh)
    },
    takeOver: () => takeOver(fresh),
    complain: () => setTried(true),
    /** @returns whether it was sent; else something is wrong, and is shown */
    send: (): boolean => {
      setTried(true)
      if (reading.errors.length > 0 || reason.trim() === '') return false
      const sent = { scope, fields: reading.fields, version: seen.version, reason: reason.trim() }
      save.mutate(sent, {
        onSuccess: ({ known: _known, ...saved }) => {
          setSeen(saved)
          setEdits({})
          setReason('')
          setTried(false)
          setLeft(new Set())
          setOvertaken(null)
        },
        onError: (error) => statusOf(error) === 409 && takeOver(ownNow()),
      })
      return true
    },
  }
}

export type PolicyEditing = ReturnType<typeof usePolicyEdits>

function withOwn(policies: readonly StoredPolicy[], own: StoredPolicy): StoredPolicy[] {
  return [...policies.filter(({ scope }) => scopeKey(scope) !== scopeKey(own.scope)), own]
}
