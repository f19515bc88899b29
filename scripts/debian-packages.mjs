// What the tests and the screenshots need and that comes with Debian, not with npm.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** The file that says that a package is there. */
const PROGRAMS = {
  prometheus: '/usr/bin/promtool',
  'prometheus-alertmanager': '/usr/bin/amtool',
  chromium: '/usr/bin/chromium',
  'fonts-noto-cjk': '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
}

/** Installs what is missing when it may, else says what to install. @returns {boolean} whether all are there */
export function ensureDebianPackages(names) {
  const isMissing = (name) => !existsSync(PROGRAMS[name])
  const missing = names.filter(isMissing)
  if (missing.length === 0) return true
  const command = `apt-get install -y ${missing.join(' ')}`
  if (process.getuid?.() !== 0) {
    console.error(`This needs the Debian packages ${missing.join(' and ')}. Install them as root:\n\n    ${command}\n`)
    return false
  }
  console.log(`Installing the Debian packages ${missing.join(' and ')}`)
  apt(['update', '-qq'])
  apt(['install', '-y', '-qq', '--no-install-recommends', ...missing])
  const left = missing.filter(isMissing)
  if (left.length > 0) console.error(`Could not install the Debian packages ${left.join(' and ')}. Try: ${command}`)
  return left.length === 0
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
}
