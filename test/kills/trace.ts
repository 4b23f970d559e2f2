// What strace saw of a run, and the spots at which another run of the same shape can be hit: the n-th
// call of a kind in a thread, among those on paths of the two roots.
export const changing = [
  'mkdir',
  'mkdirat',
  'rmdir',
  'unlink',
  'unlinkat',
  'rename',
  'renameat',
  'renameat2',
  'link',
  'linkat',
  'symlink',
  'symlinkat',
  'open',
  'openat',
  'write',
  'pwrite64',
  'ftruncate',
  'copy_file_range',
  'sendfile',
  'fsync',
  'fdatasync',
  'syncfs',
  'utimensat',
  'chmod',
  'fchmod',
  'fchmodat',
] as const;

export interface Call {
  readonly thread: string;
  readonly name: string;
  /** Every text and every path of a descriptor among its arguments. */
  readonly paths: readonly string[];
  readonly isChange: boolean;
}

const begun = /^(\d+) +([a-z_0-9]+)\((.*)$/;

/** Of a trace with paths beside descriptors; what is resumed was counted when it began. */
export function readTrace(text: string): readonly Call[] {
  return text.split('\n').flatMap((line) => {
    const [, thread, name, rest] = begun.exec(line) ?? [];
    if (thread === undefined || name === undefined || rest === undefined) return [];
    const opened = name === 'open' || name === 'openat';
    return [
      { thread, name, paths: pathsIn(rest), isChange: !opened || /O_CREAT|O_TRUNC/.test(rest) },
    ];
  });
}

function pathsIn(text: string): readonly string[] {
  const [given = ''] = text.split(/\) += |<unfinished/);
  return [...given.matchAll(/"([^"]*)"|\d+<(\/[^>]*)>/g)]
    .map(([, quoted, held]) => quoted ?? held ?? '')
    .filter((path) => path !== '');
}

export interface Spot {
  readonly call: string;
  /** From 1 on, in one thread. */
  readonly n: number;
  /** `named`: among calls on the paths that can be told beforehand; `any`: among all of that kind. */
  readonly among: 'named' | 'any';
}

export interface Surroundings {
  readonly roots: readonly string[];
  /** Folders in the trash are named for the moment: nobody can tell them beforehand. */
  readonly isForeseen: (path: string) => boolean;
}

export interface Sighting {
  /** Every path of a root that such a run touches. */
  readonly paths: readonly string[];
  readonly spots: readonly Spot[];
  /** Changing calls on the roots. */
  readonly calls: number;
}

const throughDescriptor = /^\/proc\/self\/fd\/\d+(?:\/|$)/;

export function spotsOf(calls: readonly Call[], { roots, isForeseen }: Surroundings): Sighting {
  const isInside = (path: string) =>
    throughDescriptor.test(path) || roots.some((root) => `${path}/`.startsWith(`${root}/`));
  const inside = calls.filter(({ paths }) => paths.some(isInside));
  // The target of a link is what strace compares, though it is no path of a root.
  const told = new Set(inside.flatMap(({ paths }) => paths).filter(isForeseen));
  const spots = new Map<string, Spot>();
  const counted = new Map<string, number>();
  const count = (key: string): number => {
    counted.set(key, (counted.get(key) ?? 0) + 1);
    return counted.get(key) ?? 0;
  };
  let changes = 0;
  for (const { thread, name, paths, isChange } of calls) {
    const isNamed = paths.some((path) => told.has(path));
    const any = count(`${thread} ${name} any`);
    const named = isNamed ? count(`${thread} ${name} named`) : 0;
    if (!isChange || !paths.some(isInside)) continue;
    changes += 1;
    const spot: Spot = isNamed
      ? { call: name, n: named, among: 'named' }
      : { call: name, n: any, among: 'any' };
    spots.set(`${spot.call} ${spot.n} ${spot.among}`, spot);
  }
  return { paths: [...told], spots: [...spots.values()], calls: changes };
}

/** The same paths in another run: a descriptor may have any number there. */
export function spelled(paths: readonly string[], rename: (path: string) => string): string[] {
  const numbers = paths.flatMap((path) => {
    const number = /^\/proc\/self\/fd\/(\d+)/.exec(path)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  const [from, to] = [Math.max(3, Math.min(...numbers) - 3), Math.max(...numbers) + 20];
  const all = paths.flatMap((path) => {
    const rest = throughDescriptor.test(path) ? path.replace(/^\/proc\/self\/fd\/\d+/, '') : null;
    if (rest === null) return [rename(path)];
    return Array.from(
      { length: to - from },
      (_, at) => `/proc/self/fd/${from + at}${rename(rest)}`,
    );
  });
  return [...new Set(all)];
}
