// `npm run screenshots`: a picture of every page, on a screen and on a phone, light, dark and in Chinese, with nothing in it and when
// something fails, into `.screenshots/`. The world is the one of the browser tests; nothing in the pictures is made up.
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
  if (!ensureDebianPackages(['chromium', 'fonts-noto-cjk'])) return 1
  if ((await build()).failed > 0) return 1
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER)
  const browser = await chromium.launch(CHROMIUM)
  try {
    const world = await startWorld()
    try {
      const camera = new Camera({ browser, url: world.url, save: (name) => fileOf(name) })
      await everyPageOnce(world, camera)
      await livePages(world, camera)
      await failingPages(world, camera)
    } finally {
      await world.close()
    }
    const empty = await startEmptyWorld()
    try {
      await emptyPages(new Camera({ browser, url: empty.url, save: (name) => fileOf(name) }))
    } finally {
      await empty.close()
    }
  } finally {
    await browser.close()
  }
  console.log(`\nThe pictures are in ${FOLDER}`)
  return 0
}

function fileOf(name: string): string {
  const file = join(FOLDER, `${name}.png`)
  mkdirSync(dirname(file), { recursive: true })
  console.log(`  ${name}`)
  return file
}
