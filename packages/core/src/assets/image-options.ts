/** What the image service can write. */
export type ImageFormat = 'avif' | 'jpeg' | 'png' | 'webp'

/** What the image service can do to a picture beside giving it a size. */
export interface ImageFilters {
  /** A radius from 0 to 150. */
  blur?: number | undefined
  /** From -100 to 100. */
  brightness?: number | undefined
  grayscale?: boolean | undefined
  /** Clockwise, after the size was given. */
  rotate?: 90 | 180 | 270 | undefined
  /** The colour around a picture that fits in: `transparent`, or three or six hexadecimal digits. */
  fill?: string | undefined
}

/** How a picture is to look, whatever its size. */
interface ImageLook {
  /** Crops around what the image service finds remarkable, where no editor set a focus. */
  smart?: boolean | undefined
  /** The part to crop around, as `left x top : right x bottom` in pixels, in place of the asset's; `false` is its centre. */
  focal?: string | false | undefined
  /** From 0 to 100; the image service chooses without it. */
  quality?: number | undefined
  /** The format; without it the image service writes WebP to browsers that take it. */
  format?: ImageFormat | undefined
  /**
   * The path where the site opens private assets, such as `/assets`. Without it private assets have no URL that a browser
   * could use.
   */
  privateAssets?: string | undefined
}

export interface ImageUrlOptions extends ImageLook {
  /** In pixels. Without a height the picture keeps its shape. */
  width?: number | undefined
  height?: number | undefined
  /** Whether a picture of both sides is cropped to them, which is the default, or fits in between them. */
  fit?: 'cover' | 'in' | undefined
  filters?: ImageFilters | undefined
}

/**
 * How a picture takes its place: `constrained` as wide as `width` and narrower where there is less room, `full-width` as
 * wide as the window, `fixed` always as wide as `width`.
 */
export type ImageLayout = 'constrained' | 'full-width' | 'fixed'

export interface ImageOptions extends ImageLook {
  /** How wide the picture is shown, in pixels of the page; as wide as the file by default. */
  width?: number | undefined
  /** How high it is shown. With a width too the picture is cropped to that shape. */
  height?: number | undefined
  /** Width by height, such as `16 / 9`, to crop to where not both sides are given. A file that cannot be cropped keeps its shape. */
  aspectRatio?: number | undefined
  /** The widths to offer, in place of those that the layout chooses. */
  widths?: readonly number[] | undefined
  /** How wide the picture is shown in windows of different widths. */
  sizes?: string | undefined
  layout?: ImageLayout | undefined
  /** Loads the picture at once and first: for the largest one that is seen when the page opens. */
  priority?: boolean | undefined
  /** What the picture shows, in place of the asset's own text. */
  alt?: string | null | undefined
  filters?: Omit<ImageFilters, 'rotate' | 'fill'> | undefined
}

/** The attributes of an `<img>`. */
export interface ImageAttributes {
  src: string
  srcset?: string
  sizes?: string
  width?: number
  height?: number
  alt: string
  loading: 'eager' | 'lazy'
  decoding: 'async' | 'sync'
  fetchpriority?: 'high'
}
