/**
 * An image reference in one spelling, so that two which certainly mean the same are equal: no tag is `latest` (Kubernetes adds it), beside a
 * digest a tag says nothing, and `docker.io/x` is `docker.io/library/x`. Nothing else: a tag and a digest are never compared, and `x` alone
 * is what the node's runtime makes of it, mostly but not always Docker Hub's.
 */
export function imageReference(text: string): string {
  const [named = '', digest] = text.trim().split('@')
  const slash = named.lastIndexOf('/')
  const colon = named.indexOf(':', slash + 1)
  const name = hubName(colon === -1 ? named : named.slice(0, colon))
  if (digest !== undefined) return `${name}@${digest}`
  return `${name}:${colon === -1 ? 'latest' : named.slice(colon + 1)}`
}

function hubName(name: string): string {
  const path = name.replace(/^(?:index\.)?docker\.io\//, '')
  if (path === name) return name
  return `docker.io/${path.includes('/') ? path : `library/${path}`}`
}
