// What can be chosen over a conflict, in words that say what becomes of each version.
import type { ConflictShape, Resolution } from '../data/shapes.ts';
import { legible } from './hostile.ts';

export interface Choice {
  readonly label: string;
  readonly does: string;
  readonly resolution: Resolution;
}

/** `hasTrash`: what loses is kept; only the handler of folders is known to do so. */
export function choicesOf(
  { versions }: Pick<ConflictShape, 'versions'>,
  hasTrash: boolean,
): readonly Choice[] {
  const each = versions.map(
    ({ side, present }): Choice => ({
      label: present ? `Keep the ${legible(side)}` : `Delete, as on the ${legible(side)}`,
      does: present
        ? `The other version ${hasTrash ? 'goes to the trash of its side' : 'is replaced'}.`
        : `What is left on the other side ${hasTrash ? 'goes to its trash' : 'is deleted'}.`,
      resolution: { choice: 'keep', side },
    }),
  );
  if (!versions.every(({ present }) => present)) return each;
  return [
    ...each,
    {
      label: 'Keep both',
      does: 'One takes a name with its side and time in it; both sides get both.',
      resolution: { choice: 'keep-both' },
    },
    ...(areTimed(versions)
      ? [
          {
            label: 'Keep the newest',
            does: `By the time of the last change; the other ${hasTrash ? 'goes to the trash' : 'is replaced'}.`,
            resolution: { choice: 'keep-newest' } as const,
          },
        ]
      : []),
  ];
}

const kinds: Readonly<Record<string, string>> = {
  type: 'of another kind on each side',
  place: 'moved to two places',
  name: 'names that are one name on the other side',
};

/** What is in dispute, in words; a kind that is a handler's own is shown as it calls it. */
export function disputeOf({ kind, versions }: Pick<ConflictShape, 'kind' | 'versions'>): string {
  if (kind !== 'edit-edit') return kinds[kind] ?? legible(kind);
  return versions.every(({ present }) => present)
    ? 'changed on both sides'
    : 'changed on one side, deleted on the other';
}

/** What was decided, as a sentence begins. */
export function decisionOf({ resolution }: Pick<ConflictShape, 'resolution'>): string {
  if (resolution === null) return 'Resolved';
  const words: Readonly<Record<Resolution['choice'], string>> = {
    keep: resolution.choice === 'keep' ? `The ${legible(resolution.side)} was kept` : '',
    'keep-both': 'Both were kept',
    'keep-newest': 'The newest was kept',
    'keep-largest': 'The largest was kept',
    merged: 'A merged text was put on both sides',
  };
  return words[resolution.choice];
}

function areTimed(versions: ConflictShape['versions']): boolean {
  const times = versions.map(({ modifiedAt }) => modifiedAt);
  return times.every((time) => time !== null) && new Set(times).size === times.length;
}
