export const text = 'nothing to hide'
