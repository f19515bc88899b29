import { afterEach, expect, it, vi } from 'vitest'
import { startPrometheus } from './prometheus.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

it('says how to install a program that is not there', async () => {
  vi.stubEnv('PATH', '/nowhere')
  await expect(startPrometheus({})).rejects.toThrow(
    'prometheus is not installed. As root: apt-get install prometheus prometheus-alertmanager',
  )
})
