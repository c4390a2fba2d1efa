import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineSpace, defineStories } from '@keyblok/core'
import type { Story } from '@keyblok/core'
import { cleanEnvironment, commandFile, startProduction } from '../../scripts/lib/playground.ts'
import type { Framework, RunningSite, SiteEnvironment } from '../../scripts/lib/playground.ts'
import { createReader } from './clients.ts'
import { measureNode } from './measure-node.ts'
import type { Usage } from './measure-node.ts'
import { tokens } from './tokens.ts'

/** A site of `sites/astro-posts` or `sites/sveltekit-posts`: those of a framework show the same pages of the same stories. */
export type PostsSite = 'keyblok' | 'collection' | 'limit' | 'official' | 'quickstart'

/** Where the builds of a framework put things, below a site's folder. */
interface Layout {
  /** What builds write, and what they keep for the next one. */
  written: readonly string[]
  /** Where files are that browsers get. */
  public: readonly string[]
  /** The file of a prerendered page, by its slug. */
  pageFile(slug: string): string
}

const layouts: Record<Framework, Layout> = {
  astro: {
    written: ['dist', '.astro', 'node_modules'],
    public: ['dist/client'],
    pageFile: (slug) => `${slug}/index.html`,
  },
  sveltekit: {
    written: ['build', '.svelte-kit', 'node_modules'],
    public: ['build/prerendered', 'build/client'],
    pageFile: (slug) => `${slug}.html`,
  },
}

// Inside this package, so that the sites find its dependencies.
const copies = fileURLToPath(new URL('../.fixtures', import.meta.url))

interface OpenOptions {
  framework: Framework
  apiOrigin: string
  /** What the file that the limit reads holds of a story; all of it by default. */
  limitOf?: (story: Story) => unknown
}

/** Copies of the sites of a framework, in a folder that goes when they are closed. */
export class PostsSites {
  readonly framework: Framework
  readonly #layout: Layout
  readonly #folder: string
  readonly #api: SiteEnvironment

  private constructor(folder: string, { framework, apiOrigin }: OpenOptions) {
    this.framework = framework
    this.#layout = layouts[framework]
    this.#folder = folder
    this.#api = {
      STORYBLOK_API_URL: apiOrigin,
      STORYBLOK_PUBLIC_TOKEN: tokens.public,
      STORYBLOK_PREVIEW_TOKEN: tokens.preview,
      BENCH_STORIES: join(folder, 'stories.json'),
    }
  }

  /** Copies the sites, and writes the stories of a space into the file that the limit reads. */
  static async open(options: OpenOptions): Promise<PostsSites> {
    const { framework, apiOrigin, limitOf = (story) => story } = options
    mkdirSync(copies, { recursive: true })
    const folder = mkdtempSync(join(copies, `${framework}-posts-`))
    const sites = new PostsSites(folder, options)
    try {
      cpSync(fileURLToPath(new URL(`../sites/${framework}-posts`, import.meta.url)), folder, { recursive: true })
      const stories = (await createReader(apiOrigin).all(defineStories(defineSpace()))) as readonly Story[]
      writeFileSync(join(folder, 'stories.json'), JSON.stringify(stories.map(limitOf)))
      return sites
    } catch (error) {
      sites.close()
      throw error
    }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Builds a site, without anything of an earlier build unless that is kept. */
  async build(site: PostsSite, more: SiteEnvironment = {}, { keep = false } = {}): Promise<Usage> {
    const folder = join(this.#folder, site)
    if (!keep) for (const name of this.#layout.written) rmSync(join(folder, name), { recursive: true, force: true })
    const env = cleanEnvironment({ ...this.#api, ...more })
    return measureNode([commandFile(this.framework, folder), 'build'], { cwd: folder, env })
  }

  /** Starts the server of a site that was built. */
  serve(site: PostsSite, more: SiteEnvironment = {}): Promise<RunningSite> {
    // The page for what is missing reads nothing.
    const options = { folder: join(this.#folder, site), path: '/404' }
    return startProduction(this.framework, { ...this.#api, ...more }, options)
  }

  /** How many pages of posts the build of a site wrote. */
  pagesOf(site: PostsSite): number {
    const folder = join(this.#folder, site, this.#layout.public[0]!, 'posts')
    const files = existsSync(folder) ? readdirSync(folder, { recursive: true }) : []
    return files.filter((name) => String(name).endsWith('.html')).length
  }

  /** Reads the page of a story that the build of a site wrote. */
  readPage(site: PostsSite, slug: string): string {
    return this.read(site, this.#layout.pageFile(slug))
  }

  /** Reads a file that browsers get of a site. */
  read(site: PostsSite, path: string): string {
    const files = this.#layout.public.map((folder) => join(this.#folder, site, folder, path))
    return readFileSync(files.find((file) => existsSync(file)) ?? path, 'utf8')
  }
}
