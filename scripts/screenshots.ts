// `npm run screenshots`: a picture of every page, on a screen and on a phone, light, dark and in Chinese, with nothing in it and when
// something fails, into `.screenshots/`. `npm run screenshots -- live error` takes some of the scenes only. The world is the one of the browser tests; nothing in the pictures is made up.
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { startEmptyWorld, startWorld } from '../e2e/browser/world.ts'
import { CHROMIUM } from '../playwright.config.ts'
import { build } from './build.mjs'
import { ensureDebianPackages } from './debian-packages.mjs'
import { Camera } from './screenshots/camera.ts'
import { emptyPages, everyPageOnce, failingPages, livePages } from './screenshots/scenes.ts'

const FOLDER = fileURLToPath(new URL('../.screenshots', import.meta.url))

process.exitCode = await takeAll()

async function takeAll(): Promise<number> {
  const asked = process.argv.slice(2)
  const isAsked = (scene: string) => asked.length === 0 || asked.includes(scene)
  if (!ensureDebianPackages(['chromium', 'fonts-noto-cjk'])) return 1
  if ((await build()).failed > 0) return 1
  if (asked.length === 0) rmSync(FOLDER, { recursive: true, force: true })
  const browser = await chromium.launch(CHROMIUM)
  try {
    if (['pages', 'live', 'error'].some(isAsked)) {
      await within(startWorld(), async (world) => {
        const camera = new Camera({ browser, url: world.url, save: fileOf })
        if (isAsked('pages')) await everyPageOnce(world, camera)
        if (isAsked('live')) await livePages(world, camera)
        if (isAsked('error')) await failingPages(world, camera)
      })
    }
    if (isAsked('empty')) await within(startEmptyWorld(), ({ url }) => emptyPages(new Camera({ browser, url, save: fileOf })))
  } finally {
    await browser.close()
  }
  console.log(`\nThe pictures are in ${FOLDER}`)
  return 0
}

async function within<W extends { close(): Promise<void> }>(starting: Promise<W>, visit: (world: W) => Promise<void>): Promise<void> {
  const world = await starting
  try {
    await visit(world)
  } finally {
    await world.close()
  }
}

function fileOf(name: string): string {
  const file = join(FOLDER, `${name}.png`)
  mkdirSync(dirname(file), { recursive: true })
  console.log(`  ${name}`)
  return file
}
