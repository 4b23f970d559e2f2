// What can be chosen over a conflict, in words that say what becomes of each version.
import type { ConflictShape, Resolution } from '../data/shapes.ts';

export interface Choice {
  readonly label: string;
  readonly does: string;
  readonly resolution: Resolution;
}

export function choicesOf({ versions }: Pick<ConflictShape, 'versions'>): readonly Choice[] {
  const each = versions.map(
    ({ side, present }): Choice => ({
      label: present ? `Keep the ${side}` : `Delete, as on the ${side}`,
      does: present
        ? 'The other version goes to the trash of its side.'
        : 'What is left on the other side goes to its trash.',
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
            does: 'By the time of the last change; the other goes to the trash.',
            resolution: { choice: 'keep-newest' } as const,
          },
        ]
      : []),
  ];
}

function areTimed(versions: ConflictShape['versions']): boolean {
  const times = versions.map(({ modifiedAt }) => modifiedAt);
  return times.every((time) => time !== null) && new Set(times).size === times.length;
}
