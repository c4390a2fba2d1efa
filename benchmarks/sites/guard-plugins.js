/** The plugins of the guard, which a measurement leaves out to see what they cost. */
const guardPlugins = /^keyblok:(server-only|public-variables|dev-guard|provenance|leak-scan)/

/** Whether this run is one with the guard. */
export const isGuarded = process.env.BENCH_GUARD !== '0'

/** Takes the guard out of a list of plugins, in a run without it. */
export function unlessGuarded(plugins) {
  return isGuarded ? plugins : plugins.flat().filter(({ name }) => !guardPlugins.test(name))
}
