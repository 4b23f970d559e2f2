// What the end of a program means: by the settings, or by the custom that 0 is success.
import type { RetryClass } from '../../model/retry.ts';

type ExitWord = 'succeeded' | 'problems' | RetryClass;
type ExitMap = Readonly<
  Record<string, ExitWord | { readonly as: ExitWord; readonly text?: string | undefined }>
>;

/** As the port tells it: one of the two is set. */
export interface ProgramEnding {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Verdict {
  readonly as: 'succeeded' | 'problems' | 'failed';
  /** Who can help, if it failed. */
  readonly retry: RetryClass;
  /** What the code means in words, if that is known. */
  readonly text: string | null;
}

/** @param maps Earlier ones outrank later ones. */
export function verdictOf(ending: ProgramEnding, ...maps: readonly ExitMap[]): Verdict {
  for (const map of maps) {
    const meaning = lookUp(map, ending);
    if (meaning === undefined) continue;
    const { as, text } = typeof meaning === 'string' ? { as: meaning, text: null } : meaning;
    return verdict(as, text ?? null);
  }
  return verdict(ending.code === 0 ? 'succeeded' : 'temporary', null);
}

function verdict(as: ExitWord, text: string | null): Verdict {
  if (as === 'succeeded' || as === 'problems') return { as, retry: 'temporary', text };
  return { as: 'failed', retry: as, text };
}

function lookUp(map: ExitMap, { code, signal }: ProgramEnding) {
  if (signal !== null) return map[signal] ?? map.other;
  if (code === null) return map.other;
  const exact = map[String(code)];
  if (exact !== undefined) return exact;
  const range = Object.keys(map).find((key) => {
    const [from, to] = key.split('-').map(Number);
    return from !== undefined && to !== undefined && code >= from && code <= to;
  });
  if (range !== undefined) return map[range];
  return code === 0 ? undefined : map.other;
}

export function endingWords({ code, signal }: ProgramEnding): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}
