import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineSpace, defineStories } from '@keyblok/core'
import { cleanEnvironment, commandFile, startProduction } from '../../scripts/lib/playground.ts'
import type { RunningSite, SiteEnvironment } from '../../scripts/lib/playground.ts'
import { createReader } from './clients.ts'
import { measureNode } from './measure-node.ts'
import type { Usage } from './measure-node.ts'
import { tokens } from './tokens.ts'

/** A site of `sites/astro-posts`: all of them write the same pages of the same stories. */
export type PostsSite = 'keyblok' | 'collection' | 'limit' | 'official'

const sources = fileURLToPath(new URL('../sites/astro-posts', import.meta.url))
// Inside this package, so that the sites find its dependencies.
const copies = fileURLToPath(new URL('../.fixtures', import.meta.url))
/** What builds write, and what they keep for the next one. */
const written = ['dist', '.astro', 'node_modules']

/** Copies of the sites, in a folder that goes when they are closed. */
export class PostsSites {
  readonly #folder: string
  readonly #api: SiteEnvironment

  private constructor(folder: string, apiOrigin: string) {
    this.#folder = folder
    this.#api = {
      STORYBLOK_API_URL: apiOrigin,
      STORYBLOK_PUBLIC_TOKEN: tokens.public,
      STORYBLOK_PREVIEW_TOKEN: tokens.preview,
      BENCH_STORIES: join(folder, 'stories.json'),
    }
  }

  /** Copies the sites, and writes the stories of a space into the file that the limit reads. */
  static async open(apiOrigin: string): Promise<PostsSites> {
    mkdirSync(copies, { recursive: true })
    const folder = mkdtempSync(join(copies, 'astro-posts-'))
    const sites = new PostsSites(folder, apiOrigin)
    try {
      cpSync(sources, folder, { recursive: true })
      const stories = await createReader(apiOrigin).all(defineStories(defineSpace()))
      writeFileSync(join(folder, 'stories.json'), JSON.stringify(stories))
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
    if (!keep) for (const name of written) rmSync(join(folder, name), { recursive: true, force: true })
    const env = cleanEnvironment({ ...this.#api, ...more })
    return measureNode([commandFile('astro', folder), 'build'], { cwd: folder, env })
  }

  /** Starts the server of a site that was built. */
  serve(site: PostsSite, more: SiteEnvironment = {}): Promise<RunningSite> {
    // The page for what is missing reads nothing.
    return startProduction('astro', { ...this.#api, ...more }, { folder: join(this.#folder, site), path: '/404' })
  }

  /** How many pages of posts the build of a site wrote. */
  pagesOf(site: PostsSite): number {
    const folder = join(this.#folder, site, 'dist/client/posts')
    return existsSync(folder) ? readdirSync(folder).length : 0
  }

  /** Reads a file that browsers get of a site. */
  read(site: PostsSite, path: string): string {
    return readFileSync(join(this.#folder, site, 'dist/client', path), 'utf8')
  }
}
