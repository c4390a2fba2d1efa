import type { Plugin } from 'vite'
import type { KnownFiles } from '../scan/search-files.js'
import { createSearch, missingSecrets, variablesHolding } from './guard-options.js'
import type { Environment, GuardOptions } from './guard-options.js'
import { Provenance } from './provenance.js'
import { proveNoSecrets } from './prove-no-secrets.js'
import type { Written } from './prove-no-secrets.js'

/** Proves of one build, as often as it is asked, that no secret is in what was written by then. */
export class BuildProof {
  readonly #guard: GuardOptions
  readonly #env: () => Environment
  readonly #known: KnownFiles | undefined
  readonly #provenance: Provenance

  /**
   * @param env - Gives the build’s environment, once its configuration is known.
   * @param once - Whether the proof is asked for once, so that nothing of it has to be remembered.
   */
  constructor(guard: GuardOptions, env: () => Environment, { once = false }: { once?: boolean } = {}) {
    this.#known = once ? undefined : new Map()
    this.#guard = guard
    this.#env = env
    this.#provenance = new Provenance({
      createSearch: () => createSearch(env(), guard),
      variablesOf: (label) => variablesHolding(env(), guard, label),
    })
  }

  /** Makes the plugins that watch what is bundled for browsers. */
  plugins(): Plugin[] {
    return this.#provenance.plugins()
  }

  /**
   * Searches what the build wrote, and says what it searched for.
   *
   * @throws {KeyblokError} `KB_TOKEN_LEAKED`, `KB_TOKEN_BAKED` or `KB_TOKENS_NOT_PROVEN`; see {@link proveNoSecrets}.
   */
  prove(written: Written): Promise<void> {
    const env = this.#env()
    return proveNoSecrets({
      ...written,
      guard: this.#guard,
      search: createSearch(env, this.#guard),
      missing: missingSecrets(env, this.#guard),
      known: this.#known,
      provenance: this.#provenance,
    })
  }
}
