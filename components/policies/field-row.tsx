'use client'

import { useTranslations } from 'use-intl'
import { draftOf } from '../../lib/client/policy-draft.ts'
import type { PolicyField } from '../../lib/client/policy-levels.ts'
import type { Scope } from '../../lib/core/scope.ts'
import { useZone } from '../providers/clock.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { usePolicyWords } from '../ui/policy-words.tsx'
import { useFieldErrors } from './field-errors.ts'
import { FieldInput } from './field-input.tsx'
import type { PolicyEditing } from './use-policy-edits.ts'

/** Rows of rows need the whole width. */
const WIDE: readonly PolicyField[] = ['freeze', 'services']

/** Whose controls do not say themselves what is wrong with the whole. */
const PLAIN: readonly PolicyField[] = ['mode', 'onInconclusive', 'onOwned', 'whenBlind', 'budget', 'commonCause', 'freeze', 'services']

interface FieldRowProps {
  field: PolicyField
  scope: Scope
  editing: PolicyEditing
  canChange: boolean
}

/** A press takes the focus before it is a click: a message that appeared in between would move away what is pressed. */
const PRESS_MS = 250

/** One field: what it means, and what holds with where it comes from, or what is set here. */
export function FieldRow({ field, scope, editing, canChange }: FieldRowProps) {
  const t = useTranslations('policies.edit')
  const words = usePolicyWords()
  const errorOf = useFieldErrors(editing)
  const zone = useZone()
  const { levels, edits, edit, leave, differences } = editing
  const isOwn = field in levels.own.fields
  const edited = edits[field]
  const isSet = edited === undefined ? isOwn : edited !== null
  const draft = edited ?? draftOf(levels.effective, zone)[field]
  const isChanged = differences.some((difference) => difference.field === field)
  const isClusters = field === 'budget' && scope.level !== 'cluster'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has its legend in its border, and does not take a grid in every browser
    <div
      role="group"
      aria-labelledby={`field-${field}`}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setTimeout(() => leave(field), PRESS_MS)}
      className={classNames(
        'grid gap-x-8 gap-y-2 py-3.5 first:pt-1 last:pb-0',
        !WIDE.includes(field) && 'sm:grid-cols-[minmax(0,1fr)_15rem]',
      )}
    >
      <div className="min-w-0">
        <h3 id={`field-${field}`} className="flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold">
          {words.name(field)}
          {isChanged && <Badge tone="busy">{t('changed')}</Badge>}
          {!isChanged && isOwn && <Badge tone="accent">{t('setBadge')}</Badge>}
        </h3>
        <p className="text-[0.8125rem] text-text-2">{t(`explain.${field}`)}</p>
      </div>
      <div className="min-w-0">
        {isSet && canChange ? (
          <>
            <FieldInput field={field} draft={draft} scope={scope} editing={editing} />
            {PLAIN.includes(field) && errorOf(field) && (
              <p role="alert" className="mt-1 text-[0.8125rem] font-medium text-bad">
                {errorOf(field)}
              </p>
            )}
            <NoLonger field={field} editing={editing} />
          </>
        ) : (
          <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1.5">
            <Holds field={field} editing={editing} isInherited={edited === null} />
            {canChange && !isClusters && (
              <Button
                onClick={(event) => {
                  edit(field, isOwn ? undefined : draftOf(levels.inherited, zone)[field])
                  focusIn(event.currentTarget, 'input, select, button')
                }}
                aria-describedby={`field-${field}`}
              >
                {t('setHere')}
              </Button>
            )}
            {isClusters && <p className="w-full text-[0.8125rem] text-text-3">{t('clusterOnly')}</p>}
          </div>
        )}
      </div>
    </div>
  )
}

/** What holds now, or would once it is set here no longer. */
function Holds({ field, editing: { levels }, isInherited }: { field: PolicyField; editing: PolicyEditing; isInherited: boolean }) {
  const t = useTranslations('workload.policy.sources')
  const words = usePolicyWords()
  const [policy, sources] = isInherited ? [levels.inherited, levels.inheritedSources] : [levels.effective, levels.sources]
  return (
    <p className="min-w-0 break-words">
      <span className="font-semibold tabular-nums">{words.value(field, policy)}</span>
      <span className="block text-[0.8125rem] text-text-3">{t(sources[field])}</span>
    </p>
  )
}

function NoLonger({ field, editing: { levels, edit } }: { field: PolicyField; editing: PolicyEditing }) {
  const t = useTranslations('policies.edit')
  const sources = useTranslations('workload.policy.sources')
  const words = usePolicyWords()
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2">
      <Button
        variant="ghost"
        className="-ml-3.5"
        onClick={(event) => {
          edit(field, field in levels.own.fields ? null : undefined)
          focusIn(event.currentTarget, 'button')
        }}
        aria-describedby={`field-${field}`}
      >
        {t('inherit')}
      </Button>
      <span className="text-[0.8125rem] text-text-3">
        {t('inheritFrom', { value: words.value(field, levels.inherited), source: sources(levels.inheritedSources[field]) })}
      </span>
    </div>
  )
}

/** What was pressed goes; the focus goes on to what stands in its place. */
function focusIn(pressed: HTMLElement, selector: string): void {
  const group = pressed.closest('[role="group"]')
  requestAnimationFrame(() => group?.querySelector<HTMLElement>(selector)?.focus())
}
