// What befalls one session of the engine: calls that fail, somebody who works at the same time, folders
// that cannot be looked into, the end of the process or of the power at some call.
import type { Chance } from '../../support/random.ts';
import type { Bystander, Call } from '../../support/virtual/calls.ts';

export interface Circumstances {
  readonly kind: 'calm' | 'disturbed' | 'faulty' | 'blind' | 'killed' | 'cut';
  readonly bystander: Bystander;
  /** What cannot be looked into: `/left/a`. */
  readonly blind?: string;
  /** What was refused of it so far: itself, when it was listed, and entries in it. */
  readonly refused?: ReadonlySet<string>;
}

const errors = ['EIO', 'ENOSPC', 'EACCES', 'EROFS', 'EBUSY', 'EDQUOT', 'EPERM'] as const;

export interface Deeds {
  /** Somebody does something on a side. */
  meddle(): void;
  /** Somebody puts a link that leads out in the place of a folder. */
  attack(): void;
  /** Nobody comes before this one: what could happen then is known, and cannot be helped. */
  isUnguarded(call: Call): boolean;
  die(): void;
  /** A folder on a side, as the machine calls it. */
  someFolder(): string | null;
}

const kinds = ['calm', 'disturbed', 'faulty', 'blind', 'killed', 'cut'] as const;

export function drawCircumstances(chance: Chance, deeds: Deeds): Circumstances {
  const kind = chance.often(0.3) ? 'calm' : chance.pick(kinds);
  switch (kind) {
    case 'calm':
      return { kind, bystander: () => null };
    case 'disturbed':
      return { kind, bystander: disturbing(chance, deeds) };
    case 'faulty':
      return { kind, bystander: failing(chance) };
    case 'blind':
      return blinded(deeds);
    case 'killed':
    case 'cut':
      return { kind, bystander: dyingAt(1 + chance.below(90), deeds) };
  }
}

function disturbing(chance: Chance, deeds: Deeds): Bystander {
  const often = chance.pick([0.01, 0.03, 0.1]);
  return (call) => {
    if (chance.often(often) && !deeds.isUnguarded(call)) deeds.meddle();
    if (chance.often(often / 3)) deeds.attack();
    return null;
  };
}

/** What a disk may go on refusing while it does all else. */
const refusable = ['link', 'rename', 'sync', 'unlink', 'makeFolder'] as const;
/** So many numbers for each moment from which it does; those beyond the kinds stand for all calls. */
const numbersEach = 12;

/**
 * Some calls fail, or all from one on, as on a full or dying disk; or all of one kind, told by the same
 * number, so that seeds which failed once keep the rest of their course.
 */
function failing(chance: Chance): Bystander {
  const code = chance.pick(errors);
  const drawn = chance.below(60);
  const some = chance.often(0.5) ? 1 + chance.below(4) : Number.POSITIVE_INFINITY;
  const only = some === Number.POSITIVE_INFINITY ? refusable[drawn % numbersEach] : undefined;
  const from = only === undefined ? drawn : Math.floor(drawn / numbersEach);
  const until = from + some;
  const top = chance.pick(['/left', '/right', '/left', '/right', '/state']);
  let count = 0;
  return (call) => {
    if (call.effect === 'none' || !call.path.startsWith(top)) return null;
    if (only !== undefined && call.what !== only) return null;
    count += 1;
    return count > from && count <= until ? code : null;
  };
}

function blinded(deeds: Deeds): Circumstances {
  const folder = deeds.someFolder();
  if (folder === null) return { kind: 'calm', bystander: () => null };
  const refused = new Set<string>();
  const bystander = ({ what, path }: Call) => {
    if ((what !== 'list' || path !== folder) && !path.startsWith(`${folder}/`)) return null;
    refused.add(path);
    return 'EACCES';
  };
  return { kind: 'blind', blind: folder, refused, bystander };
}

/** Only calls with an effect are counted: the others leave the same disk. */
function dyingAt(number: number, deeds: Pick<Deeds, 'die'>): Bystander {
  let count = 0;
  return ({ effect }) => {
    if (effect === 'none') return null;
    count += 1;
    if (count === number) deeds.die();
    return null;
  };
}
