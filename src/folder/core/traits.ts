// What a root's file system can hold and tell, as a probe found it: compared with that, what a disk
// cannot hold is no change (CK-03, FS-22, I24).
import type { Abilities } from './plan.ts';

export interface Traits {
  readonly abilities: Abilities;
  /** A folder's time moves when a name comes or goes, so that an old listing can prove something. */
  readonly listings: boolean;
}

/** What is taken for true where nothing could be probed: such a root cannot be written either. */
export const usualTraits: Traits = {
  abilities: {
    caseSensitive: true,
    normalizationSensitive: true,
    timeStepMs: 0.001,
    modes: true,
    links: true,
    nameBytesMax: 255,
  },
  listings: true,
};

/** Its last digits tell every step below apart. */
export const askedTimeMs = 1_000_000_001_987.6543;
/** Of the disks there are: nanoseconds as Node gives them, milliseconds, exFAT, seconds, FAT. */
const stepsMs = [0.001, 1, 10, 1000, 2000] as const;

/** The finest step that explains what came of `askedTimeMs`; null if none does (CK-05). */
export function timeStepOf(foundMs: number): number | null {
  const off = Math.abs(foundMs - askedTimeMs);
  return stepsMs.find((step) => off < step) ?? null;
}

/** As remembered beside the baseline; null for anything else. */
export function parseTraits(value: unknown): Traits | null {
  if (!isRecord(value) || !isRecord(value.abilities) || typeof value.listings !== 'boolean') {
    return null;
  }
  const { abilities, listings } = value;
  const usual = Object.entries(usualTraits.abilities);
  const complete = usual.every(([key, sample]) => typeof abilities[key] === typeof sample);
  return complete ? { abilities: abilities as unknown as Abilities, listings } : null;
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
