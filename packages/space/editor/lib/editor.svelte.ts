import { ApiError, createApi } from './api.js'
import type { Api } from './api.js'
import { copyBlok, findBlok, moveBlok } from './bloks.js'
import { PreviewChannel } from './preview-channel.js'
import type { BridgeMessage, LoggedMessage, PreviewMessage } from './preview-channel.js'
import type { Blok, BlokPlace, BridgeConfig, Component, Session, Story } from './types.js'

/** How many messages the panel keeps. */
const messageLimit = 200

/** The state of the Visual Editor: one story, the page that shows it, and what passes between them. */
export class Editor {
  session: Session = $state.raw() as unknown as Session
  readonly api: Api
  readonly components: ReadonlyMap<string, Component>
  story = $state<Story>()
  content = $state<Blok>()
  /** The blok that the form shows. */
  selected = $state('')
  language = $state('default')
  release = $state<number | null>(null)
  environment = $state(0)
  /** The address that the frame opens. */
  frameUrl = $state('')
  isDirty = $state(false)
  isBusy = $state(false)
  /** What went wrong last, or was done. */
  notice = $state.raw<{ text: string; isError: boolean; undo?: () => void }>({ text: '', isError: false })
  messages = $state.raw<readonly LoggedMessage[]>([])
  /** Rises when a story is opened, so that its form starts anew. */
  opened = $state(0)
  /** Rises when stories changed, so that lists are read again. */
  revision = $state(0)

  #config: BridgeConfig | undefined
  #channel: PreviewChannel | undefined
  #hasConflict = false
  #inputs = 0

  constructor(session: Session, components: readonly Component[]) {
    this.session = session
    this.api = createApi(session.space.id)
    this.components = new Map(components.map((component) => [component.name, component]))
  }

  /** The selected blok and where it lies; the story's root when the selected one is gone. */
  get place(): BlokPlace | undefined {
    return this.content && (findBlok(this.content, this.selected) ?? findBlok(this.content, this.content._uid))
  }

  /** What people call a blok. */
  nameOf({ component }: Blok): string {
    return this.components.get(component)?.display_name || component
  }

  /** Opens a story; what was not saved of another one is lost when the user agrees. */
  async open(id: number): Promise<void> {
    if (this.isDirty && !window.confirm('Leave this story without saving?')) return
    await this.#attempt(async () => {
      const story = await this.api.story(id)
      const content = this.release === null ? null : await this.api.releaseContent(id, this.release)
      this.#show(story, content ?? story.content)
      await this.reload()
    })
  }

  /** Opens the story again in the language, release and environment that are chosen. */
  async switchTo(change: { language?: string; release?: number | null; environment?: number }): Promise<void> {
    const isReleaseChanged = change.release !== undefined && change.release !== this.release
    if (isReleaseChanged && this.isDirty && !window.confirm('Leave this version without saving?')) return
    if (isReleaseChanged) this.isDirty = false
    Object.assign(this, change)
    if (isReleaseChanged && this.story) await this.open(this.story.id)
    else await this.#attempt(() => this.reload())
  }

  /** Loads the page in the frame anew, with a new signature. */
  async reload(): Promise<void> {
    if (!this.story || this.session.environments.length === 0) return
    this.#config = undefined
    this.frameUrl = await this.api.previewUrl(this.story.id, this.environment, this.language, this.release)
  }

  /** Notes that the form changed the content, and shows it in the page. */
  changed(): void {
    this.isDirty = true
    this.notice = { text: '', isError: false }
    void this.#sendInput()
  }

  async save(): Promise<void> {
    const { story, content } = this
    if (!story || !content || this.isBusy) return
    await this.#attempt(async () => {
      const options = { release: this.release, force: this.#hasConflict }
      this.#hasConflict = false
      const saved = await this.api.save(story, $state.snapshot(content) as Blok, options)
      this.story = saved
      this.isDirty = false
      this.revision++
      this.notice = { text: 'Saved', isError: false }
      this.#tell({ action: 'change', reload: true, slug: saved.full_slug, storyId: saved.id, slugChanged: false })
      if (!this.#config) await this.reload()
    })
  }

  async publish(): Promise<void> {
    if (this.isDirty) await this.save()
    if (this.isDirty || !this.story) return
    await this.#act('published', 'Published', (id) => this.api.publish(id))
  }

  async unpublish(): Promise<void> {
    await this.#act('unpublished', 'Unpublished', (id) => this.api.unpublish(id))
  }

  /** Shows a blok in the form, and marks it in the page. */
  select(uid: string): void {
    this.selected = uid
    const { place, story } = this
    if (!place || !story) return
    this.#tell({ action: 'enterComponent', componentId: uid, storyId: story.id, ...this.#describe(place, story) })
  }

  hover(uid: string): void {
    if (this.story) this.#tell({ action: 'hoverComponent', componentId: uid, storyId: this.story.id })
  }

  move(list: Blok[], index: number, by: number): void {
    const uid = list[index]?._uid
    moveBlok(list, index, by)
    this.changed()
    if (uid) this.#tell({ action: 'movedBlock', blockId: uid })
  }

  duplicate(list: Blok[], index: number): void {
    const blok = list[index]
    if (!blok) return
    const copy = copyBlok($state.snapshot(blok) as Blok)
    list.splice(index + 1, 0, copy)
    this.changed()
    this.#tell({ action: 'duplicatedBlock', blockId: copy._uid })
  }

  remove(list: Blok[], index: number, name: string): void {
    const [blok] = list.splice(index, 1)
    this.changed()
    this.#tell({ action: 'deletedBlock' })
    if (!blok) return
    const undo = (): void => {
      list.splice(index, 0, blok)
      this.changed()
    }
    this.notice = { text: `${name} is deleted.`, isError: false, undo }
  }

  /** Takes up the page that the frame loaded. */
  connect(frame: HTMLIFrameElement): () => void {
    const channel = new PreviewChannel(
      frame,
      new URL(this.frameUrl).origin,
      (message) => this.#receive(message),
      (direction, message) => this.#log(direction, message),
    )
    this.#channel = channel
    return () => channel.close()
  }

  async setDomain(domain: string): Promise<void> {
    await this.#attempt(async () => {
      await this.api.setDomain(domain)
      this.session = { ...this.session, environments: [{ name: 'Default', location: domain }] }
      await this.reload()
    })
  }

  #show(story: Story, content: Blok | undefined): void {
    this.opened++
    this.story = story
    this.content = content
    this.selected = content?._uid ?? ''
    this.isDirty = false
    this.#hasConflict = false
    this.notice = { text: '', isError: false }
  }

  #receive(message: PreviewMessage): void {
    const { story, content } = this
    if (!story || !content) return
    if (message.action === 'initialized') {
      this.#config = message.config ?? {}
      this.#enterEditMode(story)
    } else if (message.action === 'ping') {
      this.#tell({ action: 'pingBack' })
    } else if (message.action === 'edit') {
      this.#edit(story, message.dataC)
    } else if (message.blok) {
      this.#changeBlok(message.action, findBlok(content, message.blok._uid))
    }
  }

  #enterEditMode(story: Story): void {
    const names = [...this.components.values()].map(({ name, display_name: display }) => [name, display ?? name])
    this.#tell({
      action: 'enterEditmode',
      reload: true,
      blockId: this.selected,
      storyId: story.id,
      componentNames: Object.fromEntries(names) as Record<string, string>,
      appVersion: 'v2',
    })
    if (this.isDirty) void this.#sendInput()
  }

  /** A blok was clicked in the page; one of another story opens that story. */
  #edit(story: Story, clicked: PreviewMessage['dataC']): void {
    if (!clicked) return
    if (Number(clicked.id) !== story.id) {
      void this.open(Number(clicked.id)).then(() => (this.selected = clicked.uid))
      return
    }
    this.selected = clicked.uid
    const { place } = this
    if (place) this.#tell({ action: 'editedBlok', ...this.#describe(place, story) })
  }

  #changeBlok(action: string, place: BlokPlace | undefined): void {
    if (!place?.list) return
    const { list, index, parent } = place
    if (action === 'moveForward') this.move(list, index, 1)
    else if (action === 'moveBackward') this.move(list, index, -1)
    else if (action === 'duplicateBlock') this.duplicate(list, index)
    else if (action === 'deleteBlock') this.remove(list, index, this.nameOf(place.blok))
    else if (action.startsWith('addBlock') && parent) this.selected = parent._uid
  }

  /** What the page's overlay shows of a blok. */
  #describe({ blok, list, index, trail }: BlokPlace, story: Story): Record<string, unknown> {
    return {
      breadcrumbs: trail.map((step) => ({
        _uid: step.blok._uid,
        component: step.blok.component,
        _parentindex: step.index,
        _parentUid: step.parent?._uid,
        _parentfield: step.field,
        _parentName: step.parent?.component,
      })),
      blok: { uid: blok._uid, id: String(story.id), space: this.session.space.id, name: blok.component },
      canAddBlocks: list !== undefined,
      canMoveForward: list !== undefined && index < list.length - 1,
      canMoveBackward: list !== undefined && index > 0,
      canDeleteBlocks: list !== undefined,
    }
  }

  /** Sends the story as it is now. Of answers that overtake each other, the newest is shown. */
  async #sendInput(): Promise<void> {
    const { story, content } = this
    if (!story || !content || !this.#config) return
    const turn = ++this.#inputs
    const preview = await this.api
      .previewStory({
        storyId: story.id,
        content: $state.snapshot(content) as Blok,
        language: this.language,
        release: this.release,
        resolveRelations: this.#config.resolveRelations ?? [],
      })
      .catch((error: unknown) => this.#fail(error))
    if (turn === this.#inputs && preview) this.#tell({ action: 'input', story: preview })
  }

  async #act(action: 'published' | 'unpublished', done: string, run: (id: number) => Promise<Story>): Promise<void> {
    const { story } = this
    if (!story || this.isBusy) return
    await this.#attempt(async () => {
      this.story = await run(story.id)
      this.revision++
      this.notice = { text: done, isError: false }
      this.#tell({ action, slug: story.full_slug, storyId: story.id, slugChanged: false })
    })
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.isBusy = true
    try {
      await work()
    } catch (error) {
      this.#fail(error)
    } finally {
      this.isBusy = false
    }
  }

  #fail(error: unknown): undefined {
    this.#hasConflict = error instanceof ApiError && error.message.startsWith('Somebody else')
    this.notice = { text: error instanceof Error ? error.message : String(error), isError: true }
  }

  #tell(message: BridgeMessage): void {
    if (this.#config || message.action === 'pingBack') this.#channel?.send(message)
  }

  #log(direction: 'in' | 'out', { action, ...rest }: BridgeMessage): void {
    const id = (this.messages[0]?.id ?? 0) + 1
    const detail = JSON.stringify(rest)
    const logged = { id, direction, action, detail: detail.length > 300 ? `${detail.slice(0, 300)}…` : detail }
    this.messages = [logged, ...this.messages].slice(0, messageLimit)
  }
}
