import { defineMiddleware } from 'astro/middleware'

/** `[...lang]` in a route takes any path; only a language may stand there. */
export const onRequest = defineMiddleware(({ params, currentLocale }, next) =>
  params.lang === undefined || params.lang === currentLocale ? next() : next('/404'),
)
