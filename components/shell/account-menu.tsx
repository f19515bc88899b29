'use client'

import { CircleUserRound, LogOut } from 'lucide-react'
import { useLocale, useTranslations } from 'use-intl'
import { signOut } from '../../lib/client/session.ts'
import { LANGUAGES, useChooseLanguage } from '../providers/locale.ts'
import { THEMES, useTheme } from '../providers/theme.tsx'
import { useViewer } from '../providers/viewer.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../ui/menu.tsx'

/** Who is signed in, language, colours, and the way out. */
export function AccountMenu() {
  const t = useTranslations('shell')
  const roles = useTranslations('common.roles')
  const { email, role } = useViewer()
  const { theme, choose } = useTheme()
  const language = useLocale() as (typeof LANGUAGES)[number]['value']
  const chooseLanguage = useChooseLanguage()
  const leave = () => {
    // The whole document: nothing of what one saw stays in memory. When the server could not be told, the page shows it.
    void signOut().then(() => window.location.assign('/sign-in'))
  }
  const trigger = (
    <button
      type="button"
      aria-label={t('account')}
      className="touch-target grid w-9 place-items-center rounded-control text-text-2 hover:bg-sunken hover:text-text max-sm:w-11"
    >
      <CircleUserRound aria-hidden className="size-5" />
    </button>
  )
  return (
    <Menu trigger={trigger}>
      <div className="px-2.5 py-1.5">
        <p className="font-semibold break-all">{email ?? t('accountUnknown')}</p>
        <p className="text-[0.8125rem] text-text-2">{roles(role)}</p>
      </div>
      <MenuSeparator />
      <MenuChoice label={t('language')} value={language} onChange={chooseLanguage} options={LANGUAGES} />
      <MenuSeparator />
      <MenuChoice
        label={t('theme')}
        value={theme}
        onChange={choose}
        options={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
      />
      <MenuSeparator />
      <MenuItem onSelect={leave}>
        <LogOut aria-hidden />
        {t('signOut')}
      </MenuItem>
    </Menu>
  )
}
