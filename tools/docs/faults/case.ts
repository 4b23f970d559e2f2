// One bad input or fault of the catalogue, and what must come of it.
export interface Case {
  readonly input: string;
  readonly outcome: string;
  /** Why no test shows it, or what the tests leave open. */
  readonly open?: string;
}

/** Id → input, outcome, what is open. */
export type Cases = Readonly<Record<string, readonly [string, string, string?]>>;

export const notYet = {
  remote: 'Does not apply yet: both ends are folders of this computer.',
  server: 'Does not apply yet: the program listens on no port.',
  manyComputers: 'Does not apply yet: one computer does all the work.',
  background: 'Does not apply yet: nothing runs by a schedule or in the background.',
  watching: 'Does not apply yet: every run looks by itself, nothing is watched.',
  windows: 'Needs Windows; not shown on Linux.',
} as const;
