// What the roots of a folder partnership tell: are they there, and are they the ones that were
// synchronized before.
import type { Finding } from '../api/shapes.ts';

export type RootLook =
  | { readonly state: 'missing' | 'not-folder' | 'unreadable' }
  | {
      readonly state: 'present';
      readonly marker:
        | { readonly partnerships: Readonly<Record<string, object>> }
        | 'damaged'
        | null;
    };

export interface RootsOf {
  readonly name: string;
  readonly id: string;
  /** It was synchronized before. */
  readonly ran: boolean;
  readonly roots: readonly { readonly path: string; readonly look: RootLook }[];
}

const absence = {
  missing: ['is not there', 'Is its disk connected?'],
  'not-folder': ['is no folder', 'Something else stands in its place.'],
  unreadable: ['cannot be read', 'Give this user the right to look into it.'],
} as const;

export function rootFindings({ name, id, ran, roots }: RootsOf): readonly Finding[] {
  const findings = roots.flatMap(({ path, look }): Finding[] => {
    const topic = name;
    if (look.state !== 'present') {
      const [what, advice] = absence[look.state];
      return [{ topic, level: 'error', text: `${path} ${what}`, advice }];
    }
    const { marker } = look;
    if (marker === 'damaged') {
      const advice = 'The next run asks before it trusts what it remembers.';
      return [{ topic, level: 'warning', text: `the marker in ${path} is damaged`, advice }];
    }
    if (ran && marker?.partnerships[id] === undefined) {
      const advice = 'Another folder, or a fresh one? The next run unites and deletes nothing.';
      return [{ topic, level: 'warning', text: `${path} has no marker of it`, advice }];
    }
    return [];
  });
  if (findings.length > 0) return findings;
  const text = ran ? 'both folders are there, with their markers' : 'both folders are there';
  return [{ topic: name, level: 'ok', text, advice: null }];
}
