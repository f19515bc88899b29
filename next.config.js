const headers = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'referrer-policy', value: 'no-referrer' },
]

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // They load native parts or files beside them, which a bundle would lose.
  serverExternalPackages: ['@kubernetes/client-node', 'pg', 'pg-boss', 'pino', 'prom-client'],
  headers: async () => [{ source: '/:path*', headers }],
}
