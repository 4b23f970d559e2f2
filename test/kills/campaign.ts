// One run of each workload without a fault, to see its calls; then each spot in turn is hit by a kill, a
// failing disk, or a full one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chance } from '../support/random.ts';
import type { Disk } from './disks.ts';
import { type Ended, type Program, Site, type Tree, withoutTimes } from './site.ts';
import { changing, readTrace, type Sighting, type Spot, spelled, spotsOf } from './trace.ts';
import type { Workload } from './workloads.ts';

const effects = ['SIGKILL', 'EIO', 'ENOSPC'] as const;
type Effect = (typeof effects)[number];

export interface Hit {
  readonly disk: Disk;
  readonly workload: Workload;
  readonly spot: Spot;
  readonly effect: Effect;
}

export interface Ground {
  readonly disk: Disk;
  readonly workload: Workload;
  readonly sighting: Sighting;
  /** What must stand on both sides in the end. */
  readonly wanted: Tree;
}

const roundsPerSite = 20;
/** Where no more room is a thing that can be. */
const needsRoom = /^(mkdir|rename|link|symlink|open|p?write|copy_file_range|sendfile|fsync)/;

/** Some machines let no program look into another one. */
export function canTrace(): boolean {
  return spawnSync('strace', ['-qq', '-e', 'trace=none', 'true']).status === 0;
}

const known = new Map<string, boolean>();

/** Not every processor has every call. */
function exists(call: string): boolean {
  const found =
    known.get(call) ?? spawnSync('strace', ['-qq', '-e', `trace=${call}`, 'true']).status === 0;
  known.set(call, found);
  return found;
}

const plain = (output: string) => [
  'strace',
  '--follow-forks',
  '--quiet=all',
  '--string-limit=0',
  '--decode-fds=path',
  '--output',
  output,
];

export async function survey(program: Program, disk: Disk, workload: Workload): Promise<Ground> {
  const site = new Site(program, workload, disk.folder);
  try {
    await site.prepare(1);
    const folder = site.change();
    const output = join(site.home, 'trace');
    const words = [...plain(output), `--trace=${changing.filter(exists).join(',')}`];
    const ended = await site.run(words);
    assert.equal(ended.code, 0, `${workload.name} without a fault: ${ended.out}`);
    const { left, right } = site.roots;
    const tree = site.tree(left, folder);
    assert.deepEqual(site.tree(right, folder), tree);
    const sighting = spotsOf(readTrace(readFileSync(output, 'utf8')), {
      roots: [left, right],
      isForeseen: (path) => !/\d{8}T\d{6}Z-/.test(path),
    });
    const paths = sighting.paths.map((path) => path.replace(site.home, ''));
    return { disk, workload, wanted: withoutTimes(tree), sighting: { ...sighting, paths } };
  } finally {
    site.remove();
  }
}

export function hitsOn({ disk, workload, sighting }: Ground): readonly Hit[] {
  return sighting.spots.flatMap((spot) =>
    effects
      .filter((effect) => effect !== 'ENOSPC' || needsRoom.test(spot.call))
      .filter((effect) => effect !== 'SIGKILL' || spot.call !== 'syncfs')
      .map((effect) => ({ disk, workload, spot, effect })),
  );
}

/** `count` of them, the same for the same seed, of every disk, workload and effect alike. */
export function drawn(hits: readonly Hit[], count: number, seed: number): readonly Hit[] {
  const chance = new Chance(seed);
  const groups = Map.groupBy(hits, ({ disk, workload, effect }) =>
    [disk.kind, workload.name, effect].join(' '),
  );
  const left = [...groups.values()].map((group) => shuffled(group, chance));
  const chosen: Hit[] = [];
  while (chosen.length < count && left.some((group) => group.length > 0)) {
    for (const group of left) {
      const next = group.pop();
      if (next !== undefined && chosen.length < count) chosen.push(next);
    }
  }
  return chosen;
}

function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  return list
    .map((one) => ({ one, at: chance.next() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ one }) => one);
}

export interface Outcome {
  readonly hit: Hit;
  /** False: the run came to its end before. */
  readonly reached: boolean;
  /** Null: all held. */
  readonly fault: string | null;
}

/** `jobs`: so many processes at once. */
export async function strike(
  program: Program,
  grounds: readonly Ground[],
  hits: readonly Hit[],
  jobs: number,
  hear: (outcome: Outcome) => void,
): Promise<void> {
  const waiting = grounds.flatMap((ground) => {
    const own = hits.filter(
      ({ disk, workload }) => disk === ground.disk && workload === ground.workload,
    );
    const rounds = ground.workload.base === null ? 1 : roundsPerSite;
    return chunked(own, rounds).map((part) => ({ ground, part }));
  });
  const work = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      await strikeSite(program, next.ground, next.part, hear);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
}

function chunked<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, (at + 1) * size),
  );
}

async function strikeSite(
  program: Program,
  ground: Ground,
  hits: readonly Hit[],
  hear: (outcome: Outcome) => void,
): Promise<void> {
  const { workload, disk } = ground;
  let site: Site | null = null;
  try {
    for (const [at, hit] of hits.entries()) {
      if (site === null) {
        site = new Site(program, workload, disk.folder);
        await site.prepare(hits.length - at);
      }
      const outcome = await strikeOnce(site, ground, hit);
      hear(outcome);
      if (outcome.fault === null) continue;
      site.remove();
      site = null;
    }
  } finally {
    site?.remove();
  }
}

async function strikeOnce(site: Site, ground: Ground, hit: Hit): Promise<Outcome> {
  const folder = site.change();
  const output = join(site.home, 'trace');
  let reached = false;
  try {
    const before = site.inSight();
    const run = await site.run(injecting(site, ground, folder, hit, output));
    reached = /\(INJECTED\)|killed by SIGKILL/.test(readFileSync(output, 'utf8'));
    judgeFaulted(site, hit, run, before);
    const again = await site.run();
    if (again.code !== 0) assert.fail(`the next run: ${await site.told(again)}`);
    judgeHealed(site, ground, folder, before);
    judgeQuiet(await site.run());
    return { hit, reached, fault: null };
  } catch (thrown) {
    return { hit, reached, fault: String(thrown) };
  }
}

function injecting(
  site: Site,
  { sighting }: Ground,
  folder: string,
  { spot, effect }: Hit,
  output: string,
): readonly string[] {
  const toThisRound = (path: string) => path.replaceAll('round-000', folder);
  const rename = (path: string) =>
    toThisRound(/^\/(left|right)(\/|$)/.test(path) ? `${site.home}${path}` : path);
  const paths = spot.among === 'any' ? [] : spelled(sighting.paths, rename);
  // A disk that is full stays so; one that fails does so once.
  const when = effect === 'ENOSPC' ? `${spot.n}+` : String(spot.n);
  const what = effect === 'SIGKILL' ? 'signal=SIGKILL' : `error=${effect}`;
  return [
    ...plain(output),
    ...paths.flatMap((path) => ['--trace-path', path]),
    `--trace=${spot.call}`,
    `--inject=${spot.call}:${what}:when=${when}`,
  ];
}

function judgeFaulted(site: Site, { effect }: Hit, run: Ended, before: ReadonlySet<string>): void {
  const after = site.anywhere();
  assert.deepEqual(missing(before, after), [], 'lost at once');
  assert.deepEqual(missing(site.inSight(), before), [], 'in sight, and no whole version');
  if (effect === 'SIGKILL' && (run.signal !== null || run.code === 137)) return;
  assert.ok(run.out.includes('{"type":"result"'), `it did not come to an end: ${run.out}`);
}

function judgeHealed(
  site: Site,
  { wanted }: Ground,
  folder: string,
  before: ReadonlySet<string>,
): void {
  const { left, right } = site.roots;
  const tree = site.tree(left, folder);
  assert.deepEqual(site.tree(right, folder), tree, 'the sides differ');
  assert.deepEqual(withoutTimes(tree), wanted, 'not what was to be');
  assert.deepEqual(missing(before, site.anywhere()), [], 'lost');
  assert.deepEqual(site.leftBehind(), [], 'left behind');
}

function judgeQuiet({ code, out }: Ended): void {
  assert.equal(code, 0, `the run after: ${out}`);
  const result = out.split('\n').findLast((line) => line.startsWith('{"type":"result"'));
  assert.deepEqual(JSON.parse(result ?? '{}').counts, {}, 'the run after had something to do');
}

function missing(wanted: ReadonlySet<string>, found: ReadonlySet<string>): string[] {
  return [...wanted].filter((one) => !found.has(one));
}
