// Names and paths that somebody would write who wants to be led out of a folder.
import type { Chance } from '../support/random.ts';

const parts = [
  '..',
  '.',
  '',
  '...',
  '.. ',
  '..\0',
  '..\\',
  '..\\..',
  '%2e%2e',
  '\u2024\u2024',
  '\uff0e\uff0e',
  '.\u200b.',
  '..;',
  '~',
  '-rf',
  'C:',
  'a:b',
  'NUL',
  '\ud800',
  'caf\u00e9',
  'cafe\u0301',
  '\u202etxt.exe',
  'line\nbreak',
  '.syncmgr',
  'trash',
  'stage',
  'n'.repeat(256),
  'in',
  'deep',
  'file.txt',
  'other.txt',
  'swapped',
  'link-out',
  'link-whole',
  'link-file',
  'link-up',
  'link-round',
  'precious.txt',
];

/** What a name may be made of, but for what stands at the place where it is used. */
export function hostileName(chance: Chance, places: readonly string[]): string {
  if (chance.often(0.1)) return chance.pick(places);
  const name = chance.pick(parts);
  if (chance.often(0.85)) return name;
  return `${name}${chance.pick(['/', '\\', '\0', ' ', '/.', '/..'])}${chance.pick(parts)}`;
}

/** Up to six names; sometimes it begins or ends as no path below a root may. */
export function hostilePath(chance: Chance, places: readonly string[]): string {
  const names = Array.from({ length: 1 + chance.below(6) }, () => hostileName(chance, places));
  const path = names.join(chance.often(0.05) ? '//' : '/');
  if (chance.often(0.05)) return `/${path}`;
  return chance.often(0.05) ? `${path}/` : path;
}
