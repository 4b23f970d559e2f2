// Whether somebody is using the computer.

export interface Idleness {
  /** Milliseconds since somebody last did something, by the surest source there is; null: unknown. */
  idleMs(): Promise<number | null>;
  /** Processes that want the processor, per processor, over a minute; null: unknown. */
  load(): number | null;
}
