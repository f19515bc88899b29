'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { type SignInResult, signIn } from '../../lib/client/session.ts'
import { ownPath } from '../../lib/core/own-path.ts'
import { LANGUAGES, useChooseLanguage } from '../providers/locale.ts'
import { THEMES, type Theme, useTheme } from '../providers/theme.tsx'
import { Brand } from '../ui/brand.tsx'
import { Button } from '../ui/button.tsx'
import { useDuration } from '../ui/duration.tsx'
import { Field, Input, Select } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'

/** The way in. `next`: where one wanted to go. */
export function SignIn({ next }: { next: string | undefined }) {
  const t = useTranslations('signIn')
  const shell = useTranslations('shell')
  const [result, setResult] = useState<SignInResult | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [isShown, setShown] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    const answer = await signIn({ email: String(form.get('email')).trim(), password: String(form.get('password')) })
    setResult(answer)
    // The whole document, so that the server renders it for who it is now. The button stays busy until then.
    if (answer.kind === 'signed-in') window.location.assign(ownPath(next))
    else setBusy(false)
  }

  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[25rem] flex-col justify-center px-4 py-10">
      <title>{shell('title', { page: t('title') })}</title>
      <div className="mb-6 flex items-center gap-2.5">
        <Brand className="size-7 text-accent" />
        <span className="text-lg font-bold tracking-[-0.01em]">Snapback</span>
      </div>
      <h1 className="text-xl leading-tight font-bold tracking-[-0.01em]">{t('title')}</h1>
      <p className="mt-1 mb-5 text-text-2">{t('lead')}</p>
      <form onSubmit={(event) => void submit(event)} className="space-y-4 rounded-card border border-line bg-surface p-5">
        <Failure result={result} />
        <Field label={t('email')}>{(wired) => <Input {...wired} name="email" type="email" autoComplete="username" required />}</Field>
        <Field label={t('password')}>
          {(wired) => (
            <div className="relative">
              <Input
                {...wired}
                name="password"
                type={isShown ? 'text' : 'password'}
                autoComplete="current-password"
                required
                className="pr-12"
              />
              <button
                type="button"
                onClick={() => setShown(!isShown)}
                aria-label={t(isShown ? 'hide' : 'show')}
                aria-pressed={isShown}
                className="absolute inset-y-0 right-0 grid w-11 place-items-center rounded-control text-text-2 hover:text-text"
              >
                {isShown ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
              </button>
            </div>
          )}
        </Field>
        <Button type="submit" variant="primary" wide busy={isBusy}>
          {t('submit')}
        </Button>
        <p className="text-[0.8125rem] text-text-2">{t('first')}</p>
      </form>
      <Preferences />
    </main>
  )
}

function Failure({ result }: { result: SignInResult | null }) {
  const t = useTranslations('signIn')
  const duration = useDuration()
  if (result === null || result.kind === 'signed-in') return null
  const said = {
    wrong: () => t('wrong'),
    locked: () => t('locked', { duration: duration(result.kind === 'locked' ? result.retryAfterMs : 0) }),
    'too-many': () => t('tooMany'),
    database: () => t('database'),
    unreachable: () => t('unreachable'),
    failed: () => t('failed', { requestId: result.kind === 'failed' ? result.requestId : '' }),
  }[result.kind]()
  return <Notice tone="bad" role="alert" title={said} />
}

/** Language and colours, before anybody is known. */
function Preferences() {
  const t = useTranslations('shell')
  const language = useLocale() as (typeof LANGUAGES)[number]['value']
  const chooseLanguage = useChooseLanguage()
  const { theme, choose } = useTheme()
  return (
    <div className="mt-5 flex gap-3">
      <Select
        aria-label={t('language')}
        value={language}
        onChange={(event) => chooseLanguage(event.target.value as typeof language)}
        className="border-line-strong"
      >
        {LANGUAGES.map(({ value, label, lang }) => (
          <option key={value} value={value} lang={lang}>
            {label}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('theme')}
        value={theme}
        onChange={(event) => choose(event.target.value as Theme)}
        className="border-line-strong"
      >
        {THEMES.map((value) => (
          <option key={value} value={value}>
            {t(`themes.${value}`)}
          </option>
        ))}
      </Select>
    </div>
  )
}
