import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppApi, startAppApi } from '../testing/app-api.ts'
import { untilReady } from '../testing/delivery.ts'

const ADMIN = { email: 'ops@example.test', password: 'correct horse battery' }

let api: AppApi
let cookie: string
beforeAll(async () => {
  api = await startAppApi({ ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password })
  await untilReady(api.app)
  cookie = await signIn()
})
afterAll(() => api?.close())

function visit(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${api.app.url}${path}`, { redirect: 'manual', headers })
}

/** The nonce that a page's policy asks of its scripts. */
function nonceOf(page: Response): string {
  return /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1] ?? ''
}

async function signIn(): Promise<string> {
  const csrf = await visit('/api/auth/csrf')
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const answer = await fetch(`${api.app.url}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesOf(csrf) },
    body: new URLSearchParams({ ...ADMIN, csrfToken, json: 'true' }),
  })
  return cookiesOf(answer)
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
}

test.each([
  ['/', '/sign-in'],
  ['/workloads?namespace=shop', '/sign-in?next=%2Fworkloads%3Fnamespace%3Dshop'],
])('who is not signed in and asks for %s is sent to %s', async (path, to) => {
  const answer = await visit(path)
  expect(answer.status).toBe(307)
  expect(answer.headers.get('location')).toBe(to)
})

test('where one comes back to is where one was, whatever a header says', async () => {
  const answer = await visit('/workloads', { 'x-snapback-path': '/elsewhere' })
  expect(answer.headers.get('location')).toBe('/sign-in?next=%2Fworkloads')
})

test.each([
  ['/sign-in?next=/workloads', '/workloads'],
  ['/sign-in?next=//evil.example', '/'],
])('who is signed in and asks for %s goes on to %s', async (path, to) => {
  const answer = await visit(path, { cookie })
  expect(answer.status).toBe(307)
  expect(answer.headers.get('location')).toBe(to)
})

test('Now comes with its sentence and the state of automation in the first answer', async () => {
  const page = await (await visit('/', { cookie })).text()
  expect(page).toContain('All is quiet.')
  expect(page).toContain('Automation: Dry run. Change it')
})

test.each([
  ['the browser wants it', { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' }, 'zh', '登录'],
  ['it was chosen before', { cookie: 'locale=zh', 'accept-language': 'en' }, 'zh', '登录'],
  ['nothing else fits', { 'accept-language': 'fr' }, 'en', 'Sign in'],
])('a page is in a language because %s', async (_, headers, locale, word) => {
  const page = await (await visit('/sign-in', headers)).text()
  expect(page).toContain(`<html lang="${locale}"`)
  expect(page).toContain(word)
})

test('colours that were chosen are there from the first paint', async () => {
  expect(await (await visit('/sign-in', { cookie: 'theme=dark' })).text()).toContain('data-theme="dark"')
  expect(await (await visit('/sign-in', { cookie: 'theme=%22%3E' })).text()).not.toContain('<html lang="en" data-theme')
})

test.each(['/', '/sign-in', '/nowhere', '/workloads/shop/Deployment/icon.svg'])(
  '%s runs the scripts that came with it and no others, and is framed by nobody',
  async (path) => {
    const page = await visit(path, { cookie: path === '/sign-in' ? '' : cookie })
    const nonce = nonceOf(page)
    expect(page.headers.get('content-security-policy')?.split('; ')).toEqual(
      expect.arrayContaining([
        `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ]),
    )
    expect(Object.fromEntries(page.headers)).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    const scripts = (await page.text()).match(/<script\b[^>]*>/g) ?? []
    expect(scripts.length).toBeGreaterThan(3)
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([])
  },
)

test('a nonce is used once, and is not what the caller says', async () => {
  const given = { 'content-security-policy': "script-src 'nonce-chosen'" }
  const nonces = await Promise.all([visit('/sign-in', given), visit('/sign-in', given)]).then((pages) => pages.map(nonceOf))
  expect(new Set([...nonces, 'chosen', '']).size).toBe(4)
})

test.each(['/nowhere', '/incidents/0f0f0f0f-0000-4000-8000-000000000000', '/incidents/17', '/rollbacks/17', '/workloads/shop/Pod/one'])(
  'where %s would be is nothing, and the answer says so',
  async (path) => {
    expect((await visit(path, { cookie })).status).toBe(404)
  },
)

test('who is not signed in is not told which addresses there are', async () => {
  const answer = await visit('/nowhere')
  expect(answer.headers.get('location')).toBe('/sign-in?next=%2Fnowhere')
})
