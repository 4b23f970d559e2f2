// What becomes of the words about hooks and chains. Without the schema: a pair of folders that nobody
// configured needs what stands here, and no parser.
import { type Follow, type Hook, type Hooks, ringOf } from '../model/hooks.ts';
import { parseDuration } from '../stdx/quantity.ts';
import type { HooksWords } from './hooks-schema.ts';

const minuteMs = 60_000;

export function hooksOf(words: HooksWords['hooks']): Hooks {
  const said = Object.entries(words ?? {}).map(([moment, value]): [string, Hook] => {
    const { command, timeout, outcome, secrets } = Array.isArray(value)
      ? { command: value }
      : value;
    const timeoutMs = timeout === undefined ? minuteMs : parseDuration(String(timeout));
    const said = { command, timeoutMs: timeoutMs ?? minuteMs, outcome: outcome ?? 'ignore' };
    return [moment, secrets === undefined ? said : { ...said, secrets }];
  });
  return Object.fromEntries(said);
}

export function followsOf(words: HooksWords['after']): readonly Follow[] {
  if (words === undefined) return [];
  return (Array.isArray(words) ? words : [words]).map((said) =>
    typeof said === 'string'
      ? { partnership: said, when: 'succeeded' }
      : { partnership: said.partnership, when: said.when ?? 'succeeded' },
  );
}

interface Chained {
  readonly name: string;
  readonly terms: { readonly follows: readonly Follow[] };
}

/** What is wrong with the chains of these partnerships, by name. */
export function chainFaults(all: readonly Chained[]): ReadonlyMap<string, string> {
  const follows = new Map(all.map(({ name, terms }) => [name, terms.follows]));
  const faults = new Map<string, string>();
  for (const [name, followed] of follows) {
    const unknown = followed.find(({ partnership }) => !follows.has(partnership));
    const ring = ringOf(name, follows);
    if (unknown !== undefined) faults.set(name, `there is no partnership ${unknown.partnership}.`);
    else if (ring !== null) faults.set(name, `it would run for ever: ${ring.join(' after ')}.`);
  }
  return faults;
}
