import type { EditorParts } from '@keyblok/core/preview'
import options from 'virtual:keyblok/options'

/** Where the parts of the preview lie, as the integration put them there. */
export const editorParts: EditorParts = options.editor
