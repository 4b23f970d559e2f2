// What a partnership has run around its sessions: commands as hooks, and partnerships that follow it.

export const hookMoments = ['before', 'after', 'on-failure', 'on-conflict'] as const;
/**
 * `before`: ahead of prepare. The others come when the session has ended: `after` however it did,
 * `on-failure` when it failed, `on-conflict` when conflicts are open.
 */
export type HookMoment = (typeof hookMoments)[number];

/** What a `before` that fails means for its session: nothing, declined, failed. */
export const hookOutcomes = ['ignore', 'cancel', 'fatal'] as const;
export type HookOutcome = (typeof hookOutcomes)[number];

export interface Hook {
  /** The program and its arguments; or, as one text, for a shell. */
  readonly command: readonly string[] | string;
  readonly timeoutMs: number;
  readonly outcome: HookOutcome;
  /** Variables, and where the secret of each is; default: none. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export type Hooks = { readonly [moment in HookMoment]?: Hook };

export const followConditions = ['succeeded', 'failed', 'always'] as const;

/** Runs after another partnership has. */
export interface Follow {
  /** The name of the one that is followed. */
  readonly partnership: string;
  readonly when: (typeof followConditions)[number];
}

type Follows = ReadonlyMap<string, readonly Follow[]>;

/** The names of a ring that leads from this one back to itself, or null. */
export function ringOf(name: string, follows: Follows): readonly string[] | null {
  const search = (path: readonly string[]): readonly string[] | null => {
    for (const { partnership } of follows.get(path.at(-1) ?? '') ?? []) {
      if (partnership === name) return [...path, name];
      if (path.includes(partnership)) continue;
      const found = search([...path, partnership]);
      if (found !== null) return found;
    }
    return null;
  };
  return search([name]);
}
