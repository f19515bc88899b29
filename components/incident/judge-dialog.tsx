'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { statusOf } from '../../lib/client/api-error.ts'
import { useJudgeDecision } from '../../lib/client/judge-decision.ts'
import { JUDGEMENTS, type JudgementWord } from '../../lib/core/judgement.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog, DialogCancel } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { ReasonField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { JudgementSaid } from './judgement-said.tsx'
import type { Decision, Rollback } from './story.ts'

interface JudgeDialogProps {
  decision: Decision
  rollback: Rollback | null
  initial: JudgementWord
  onClose: () => void
}

/** A word with a note. "Wrong" says first what it takes back. */
export function JudgeDialog({ decision, rollback, initial, onClose }: JudgeDialogProps) {
  const t = useTranslations('judgement')
  const common = useTranslations('common')
  const judge = useJudgeDecision()
  const { judgement } = decision
  const [word, setWord] = useState(initial)
  const [note, setNote] = useState(judgement?.note ?? '')
  const [wasTried, setTried] = useState(false)
  // What was said when the dialog opened: a page that is live would else bring a colleague's word, and this one overwrite it unseen.
  const [seen, setSeen] = useState<number | 'shown'>(judgement?.version ?? 0)
  const isMissing = word === 'wrong' && note.trim() === ''
  const send = () => {
    setTried(true)
    if (isMissing) return
    const version = seen === 'shown' ? (judgement?.version ?? 0) : seen
    const said = { decisionId: decision.id, judgement: word, note: note.trim() || null, version }
    judge.mutate(said, { onSuccess: onClose, onError: (error) => statusOf(error) === 409 && setSeen('shown') })
  }
  const actions = (
    <>
      <DialogCancel>
        <Button>{common('cancel')}</Button>
      </DialogCancel>
      <Button variant="primary" busy={judge.isPending} onClick={send}>
        {t(`dialog.submit.${word}`)}
      </Button>
    </>
  )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('dialog.title', { workload: decision.workload?.name ?? '' })}
      description={t(`question.${decision.verdict}`)}
      actions={actions}
    >
      <Choice
        label={t('dialog.word')}
        value={word}
        onChange={setWord}
        options={JUDGEMENTS.map((value) => ({ value, label: t(`word.${value}`) }))}
      />
      {word === 'wrong' && rollback !== null && (
        <Notice
          tone="busy"
          title={t(rollback.clocks.undoneAt === null ? 'wrongFrees' : 'wrongTakesBack', { number: rollback.from.number })}
        />
      )}
      <ReasonField
        label={t('note')}
        hint={t('noteHint')}
        value={note}
        onChange={setNote}
        isOptional={word !== 'wrong'}
        error={wasTried && isMissing ? t('noteMissing') : null}
      />
      {judge.error &&
        !judge.isPending &&
        (statusOf(judge.error) === 409 ? (
          <Notice tone="busy" role="alert" title={t('conflict')}>
            {judgement !== null && <JudgementSaid judgement={judgement} />}
          </Notice>
        ) : (
          <ErrorNotice error={judge.error} />
        ))}
    </Dialog>
  )
}
