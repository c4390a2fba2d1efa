import type { Routing } from '@keyblok/core'
import type { AstroConfig } from 'astro'

/** Gives what Astro's configuration says of paths; a space's own words go first. */
export function routingOf({ base, trailingSlash, i18n }: AstroConfig): Routing {
  return { base, trailingSlash: trailingSlash === 'always', ...(i18n && languageRoutingOf(i18n)) }
}

/** A locale can have several codes, and a path that is none of them. */
function languageRoutingOf({ routing, locales, defaultLocale }: NonNullable<AstroConfig['i18n']>): Routing {
  const paths = locales.flatMap((locale) =>
    typeof locale === 'string' ? [[locale, locale]] : locale.codes.map((code) => [code, locale.path]),
  )
  return {
    prefixDefaultLanguage: typeof routing === 'object' && routing.prefixDefaultLocale,
    defaultLanguage: paths.find(([, path]) => path === defaultLocale)?.[0],
    languagePaths: Object.fromEntries(paths) as Record<string, string>,
  }
}

/** Puts a path of the site below its base. */
export function belowBase(base: string, path: string): string {
  return `${base.replace(/\/$/, '')}/${path.replace(/^\/|\/$/g, '')}`
}
