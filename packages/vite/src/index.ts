export { secretGuard } from './secret-guard.js'
export type { GuardOptions, RuntimeGuardOptions } from './proof/guard-options.js'

// What the adapters are made of.
export { provideBuildStores } from './build-stores.js'
export { guardPlugins } from './guard-plugins.js'
export type { GuardedFramework } from './guard-plugins.js'
export { exactly } from './module-id.js'
export { splitEntry } from './boundary/split-entry.js'
export type { SplitEntry } from './boundary/split-entry.js'
export { kitOptionsOf, kitPlugin } from './kit-options.js'
export type { KitOptions } from './kit-options.js'
export {
  arePrefixes,
  checkOptions,
  isBoolean,
  isOneOf,
  isPath,
  isText,
  isTexts,
  refuseProblems,
} from './check-options.js'
export type { OptionCheck } from './check-options.js'
export { BuildProof } from './proof/build-proof.js'
export { envOf, loadEnvFiles } from './proof/environment.js'
export { guardProblems } from './proof/validate-options.js'
export { runtimeGuard } from './proof/guard-options.js'
export type { Environment } from './proof/guard-options.js'
export { logOf } from './proof/leak-scan.js'
export type { Log, Written } from './proof/prove-no-secrets.js'
export { loadSiteRouting } from './site-routing.js'
export { bridgeModule } from './preview/bridge-module.js'
export type { BridgeSource } from './preview/bridge-module.js'
export { editorHint } from './preview/editor-hint.js'
export { knownComponents } from './preview/known-components.js'
export { editorScript } from './preview/editor-script.js'
export type { EditorScript, EditorScriptOptions } from './preview/editor-script.js'
export { typesPlugin } from './types/types-plugin.js'
export type { TypesOptions, TypesPluginOptions } from './types/types-plugin.js'
export { virtualModules } from './virtual-modules.js'
export type { VirtualModuleOptions } from './virtual-modules.js'
