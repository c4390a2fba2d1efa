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

  /**
   * Stops the clock at a time; `undefined` lets it run again.
   *
   * @throws {TypeError} When it is no valid time.
   */
  set(time: Date | undefined): void {
    if (time !== undefined && (!(time instanceof Date) || Number.isNaN(time.getTime()))) {
      throw new TypeError('[keyblok] A time is a valid Date, or undefined.')
    }
    this.#time = time?.getTime()
  }
}
