'use client'

import { useTranslations } from 'use-intl'

/** `registry.example/shop/checkout:1.4.0` is `checkout:1.4.0`: the registry is the same everywhere. A digest is cut. */
export function shortImage(image: string): string {
  const [name = '', digest] = (image.split('/').at(-1) ?? image).split('@')
  return digest === undefined ? name : `${name}@${digest.slice(0, 15)}…`
}

interface ImageNamesProps {
  images: readonly string[]
  /** More than these are counted. */
  most?: number
}

/** What runs, short; the whole names on hover. */
export function ImageNames({ images, most = 2 }: ImageNamesProps) {
  const t = useTranslations()
  const [shown, rest] = [images.slice(0, most), images.length - most]
  if (images.length === 0) return <>{t('common.nothing')}</>
  return (
    <span className="font-mono text-[0.8125rem]" title={images.join('\n')}>
      {shown.map((image) => (
        <span key={image} className="block wrap-anywhere">
          {shortImage(image)}
        </span>
      ))}
      {rest > 0 && <span className="block font-sans text-text-3">{t('workloads.moreImages', { count: rest })}</span>}
    </span>
  )
}
