import { expect, it } from 'vitest'
import { ownPath } from './own-path.ts'

it.each([
  ['/incidents/1?tab=why', '/incidents/1?tab=why'],
  ['/', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/..//evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/incidents/%2e%2e//evil.example', '/'],
  ['/..\\\\evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?next=/sign-in', '/'],
])('after signing in with next=%j one goes to %s', (wanted, path) => expect(ownPath(wanted)).toBe(path))
