// oxlint-disable no-empty-file -- what the plugin provides has types only, which stand beside this
