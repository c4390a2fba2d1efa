/** A component that is imported when it is first shown. */
export interface LazyBlok<out Component> {
  readonly lazy: () => Promise<{ default: Component }>
}

/**
 * Marks a component of the map as one to import when it is first shown.
 *
 * @param load - Imports it: `lazy(() => import('./Map.astro'))`.
 */
export function lazy<Component>(load: () => Promise<{ default: Component }>): LazyBlok<Component> {
  return { lazy: load }
}
