import { storyLoader } from '@keyblok/astro/server'
import { defineCollection } from 'astro:content'
import { posts } from './storyblok/stories'

export const collections = { posts: defineCollection({ loader: storyLoader(posts) }) }
