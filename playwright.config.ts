import { defineConfig } from '@playwright/test'

/** Debian's Chromium: `npm test` installs it where it is missing, and no browser is downloaded. */
export const CHROMIUM = {
  executablePath: '/usr/bin/chromium',
  args: [
    ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ],
}

/** x.browser.test.ts: people's browsers over the built application and the sandbox. One world, one case after the other. */
export default defineConfig({
  testDir: 'e2e/browser',
  testMatch: '*.browser.test.ts',
  outputDir: '.cache/browser',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    launchOptions: CHROMIUM,
    actionTimeout: 15_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // Its film costs more than it tells: the snapshots are there.
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
})
