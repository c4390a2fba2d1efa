// What the plugin provides has types only.
export {}
