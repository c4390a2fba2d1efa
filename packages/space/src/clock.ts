/** The time that the space lives in. Tests can set it; then it stands still. */
export class Clock {
  #time: number | undefined

  /** Milliseconds since 1970. */
  now(): number {
    return this.#time ?? Date.now()
  }

  /** The time as the API writes it. */
  iso(): string {
    return new Date(this.now()).toISOString()
  }

  /** Stops the clock at a time; `undefined` lets it run again. */
  set(time: Date | undefined): void {
    this.#time = time?.getTime()
  }
}
