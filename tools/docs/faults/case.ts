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
  manyComputers: 'Does not apply yet: one computer does all the work.',
  windows: 'Needs Windows; not shown on Linux.',
} as const;
