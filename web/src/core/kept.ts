// What becomes of what a plan deletes: a promise that only the handler of folders can be held to.
import type { PartnershipShape } from '../data/shapes.ts';
import { legible } from './hostile.ts';

type Whose = Pick<PartnershipShape, 'handler' | 'settings'>;

export const hasTrash = ({ handler }: Pick<Whose, 'handler'>): boolean => handler === 'folder';

/** `whose`: undefined while it is not known, or is gone; then nothing is promised. */
export function whatIsKept(whose: Whose | undefined): string {
  if (whose === undefined) return 'Whether it can be had back is not known.';
  if (!hasTrash(whose)) {
    return `syncmgr keeps nothing of what is deleted: whether it can be had back is up to ${programOf(whose)}.`;
  }
  const { trashDays: days } = whose.settings;
  const long =
    typeof days !== 'number'
      ? ''
      : days === 0
        ? ', for good'
        : days === 1
          ? ', for a day'
          : `, for ${days} days`;
  return `What is deleted is kept in the trash of its side first${long}.`;
}

/** A preset is what a person knows it by; `command` is only what runs it. */
function programOf({ handler, settings: { preset } }: Whose): string {
  return legible(typeof preset === 'string' ? preset : handler);
}
