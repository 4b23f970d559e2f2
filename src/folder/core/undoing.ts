// The way back from what was done: the same transitions, turned round, last one first. What was made
// goes to the trash, what went to the trash comes back.
import type { Content, Entry } from './entry.ts';
import type { Done, Outcome } from './outcome.ts';
import type { Transition } from './plan.ts';

export function undoing(
  transitions: readonly Transition[],
  outcomes: readonly Outcome[],
): readonly Transition[] {
  const back: Transition[] = [];
  for (let at = transitions.length - 1; at >= 0; at -= 1) {
    const transition = transitions[at];
    const outcome = outcomes[at];
    if (transition !== undefined && outcome?.state === 'done')
      back.push(...turn(transition, outcome));
  }
  return back;
}

function turn(transition: Transition, done: Done): readonly Transition[] {
  const { side, path } = transition;
  switch (transition.kind) {
    case 'create':
      return [{ kind: 'delete', side, path, expected: made(transition.content, done) }];
    case 'update':
      return [
        { kind: 'delete', side, path, expected: made(transition.content, done) },
        ...comesBack(transition.expected, transition, done),
      ];
    case 'delete':
      return comesBack(transition.expected, transition, done);
    case 'move': {
      const { signature: _, ...content } = transition.expected;
      const expected = made(content, done);
      return [{ kind: 'move', side, path: transition.from, from: path, expected, moved: true }];
    }
    case 'metadata':
      return [];
  }
}

function made(content: Content, { signature, read }: Done): Entry {
  const found = signature ?? { mtimeMs: 0, ctimeMs: 0, inode: 0 };
  return { ...(read?.content ?? content), signature: found };
}

/** Of a folder only itself: what was in it has transitions of its own. */
function comesBack(
  expected: Entry,
  { side, path }: Transition,
  { trashed }: Done,
): readonly Transition[] {
  if (expected.kind === 'folder') {
    const { signature: _, ...content } = expected;
    return [{ kind: 'create', side, path, content, source: expected, from: path }];
  }
  if (trashed === undefined) return [];
  return [{ kind: 'move', side, path, from: trashed, expected, moved: true }];
}
