// Every crash of every small workload (CR-01 to CR-12, I18): the power fails before each call that has an
// effect, and each legal state of the three disks is started from. Afterwards two runs must lose nothing,
// ask nothing, and bring both sides together.
//
// A state that was met before is not tried again. Two states are one when they differ in nothing a later
// run reads: what is in the stage and half-written names of ours are emptied unread, so they do not count.
import { createHash } from 'node:crypto';
import { isReserved } from '../../../src/folder/core/path.ts';
import { Chance } from '../../support/random.ts';
import { byText } from '../../support/tree-disk.ts';
import { Ledger } from '../../support/tree-user.ts';
import { afterPowerCut, durableBytes, survivors } from '../../support/virtual/crash.ts';
import { nodesBelow, type VirtualNode } from '../../support/virtual/node.ts';
import { tokenOf } from '../../support/virtual/tokens.ts';
import { View } from '../../support/virtual/view.ts';
import { isRelated } from '../rules.ts';
import { Violation } from '../violation.ts';
import { Driver, type Roots } from './driver.ts';
import { type Bench, deeds, furnish, type Workload } from './workloads.ts';

export interface CrashTotals {
  workloads: number;
  points: number;
  /** Legal disks, all of them. */
  states: number;
  /** Those that were started from. */
  tried: number;
}

interface Crash {
  readonly roots: Roots;
  readonly point: string;
  /** On disk before the cut, and not taken away by a person. */
  readonly kept: ReadonlySet<string>;
}

const disksAtMost = 64;
const begin = Date.UTC(2026, 0, 1);

/**
 * Throws a Violation that names the workload and the call. With `known`, workloads that come to a start
 * that was tried are left out.
 *
 * Two starts are one if each path has the same kind and mode, content that is new or was another path's
 * before, and stamps that moved or did not: a run reads nothing else of them, and no clock but for order
 * (I23). Which of two deeds on different paths came first is not to be seen in a start.
 */
export async function tryCrashes(
  workload: Workload,
  totals: CrashTotals,
  known: Set<string> | null = null,
): Promise<void> {
  const driver = new Driver(null, begin);
  const bench = benchOf(driver);
  furnish(bench);
  await driver.run();
  for (const name of ['left', 'right', 'state'] as const) driver.volume(name).flush();
  driver.clock.advance(60_000);
  const before = nodesOf(driver);
  for (const name of workload) {
    deeds[name]?.(bench);
    driver.clock.advance(3000);
  }
  if (known !== null) {
    const start = startOf(driver, before);
    totals.workloads += 1;
    if (known.has(start)) return;
    known.add(start);
    // What is not on disk yet depends on the order of the deeds, and is tried with the shorter ones.
    for (const name of ['left', 'right'] as const) driver.volume(name).flush();
  } else totals.workloads += 1;
  const crashes = await collect(driver, bench.ledger, totals);
  const restartMs = driver.clock.now() + 60_000;
  for (const crash of crashes) {
    totals.tried += 1;
    try {
      await recover(crash, restartMs);
    } catch (thrown) {
      const said = thrown instanceof Error ? thrown.message : String(thrown);
      const invariant = thrown instanceof Violation ? thrown.invariant : 'I18';
      throw new Violation(invariant, `${workload.join(', ')}; cut ${crash.point}: ${said}`);
    }
  }
}

type Nodes = ReadonlyMap<VirtualNode, string>;

/** By node, where it stood and how it was. */
function nodesOf(driver: Driver): Nodes {
  const found = new Map<VirtualNode, string>();
  for (const side of ['left', 'right'] as const) {
    for (const [path, node] of nodesBelow(driver.volume(side).root)) {
      found.set(
        node,
        `${path} ${node.mode} ${node.mtimeMs} ${node.ctimeMs} ${tokenOf(node.bytes)}`,
      );
    }
  }
  return found;
}

function startOf(driver: Driver, before: Nodes): string {
  const numbers = new Map<string, number>();
  const lines: string[] = [];
  const now = nodesOf(driver);
  for (const side of ['left', 'right'] as const) {
    for (const [path, node] of nodesBelow(driver.volume(side).root)) {
      if (isReserved(path)) continue;
      const was = before.get(node);
      const stamps = was === now.get(node) ? 'same' : (was?.split(' ')[0] ?? 'new');
      const token = tokenOf(node.bytes) ?? node.target;
      if (!numbers.has(token)) numbers.set(token, numbers.size);
      lines.push(`${side} ${path} ${node.kind} ${node.mode} ${stamps} ${numbers.get(token)}`);
    }
  }
  return lines.sort(byText).join('\n');
}

function benchOf(driver: Driver): Bench {
  const view = (side: 'left' | 'right') =>
    new View(
      driver.volume(side),
      () => driver.clock.now(),
      () => undefined,
    );
  return { left: view('left'), right: view('right'), ledger: new Ledger() };
}

/** One run, and the states it could have been cut off in. */
async function collect(driver: Driver, ledger: Ledger, totals: CrashTotals): Promise<Crash[]> {
  const { machine, clock } = driver;
  const chance = new Chance(1);
  const volumes = (['left', 'right', 'state'] as const).map((name) => driver.volume(name));
  const met = new Set<string>();
  const crashes: Crash[] = [];
  machine.before = ({ what, path, effect }) => {
    clock.advance(effect === 'sync' ? 4 : 1);
    if (effect === 'none') return null;
    totals.points += 1;
    const kept = durableTokens(driver, ledger);
    for (const survivor of survivors(volumes, disksAtMost, (limit) => chance.below(limit))) {
      totals.states += 1;
      const [left, right, state] = volumes.map((volume) => afterPowerCut(volume, survivor));
      if (left === undefined || right === undefined || state === undefined) continue;
      const roots = { left, right, state };
      const name = fingerprint(roots);
      if (met.has(name)) continue;
      met.add(name);
      crashes.push({ roots, point: `before ${what} ${path}`, kept });
    }
    return null;
  };
  await driver.run();
  return crashes;
}

function durableTokens(driver: Driver, { superseded }: Ledger): ReadonlySet<string> {
  const kept = new Set<string>();
  for (const side of ['left', 'right'] as const) {
    for (const [path, node] of nodesBelow(driver.volume(side).root, 'durable')) {
      if (node.kind !== 'file' || path.startsWith('.syncmgr/stage')) continue;
      const bytes = durableBytes(node);
      const token = bytes === null ? null : tokenOf(bytes);
      if (token !== null && !superseded.has(token)) kept.add(token);
    }
  }
  return kept;
}

function fingerprint(roots: Roots): string {
  const hash = createHash('sha1');
  for (const [name, root] of Object.entries(roots)) {
    for (const [path, node] of nodesBelow(root as VirtualNode)) {
      if (path.startsWith('.syncmgr/stage') || path.endsWith('.new')) continue;
      const { kind, mode, mtimeMs, ctimeMs, inode, target } = node;
      // A folder's times move with names that do not count, too.
      const times = kind === 'directory' && isReserved(path) ? '' : `${mtimeMs} ${ctimeMs}`;
      hash.update(`${name}/${path} ${kind} ${mode} ${times} ${inode} ${target}\0`);
      hash.update(node.bytes);
    }
  }
  return hash.digest('base64');
}

async function recover({ roots, kept }: Crash, restartMs: number): Promise<void> {
  const driver = new Driver(roots, restartMs);
  judge(driver, kept, 'after the cut');
  let open: ReadonlySet<string> = new Set();
  for (const when of ['recovery', 'the run after']) {
    const driven = await driver.run();
    if (driven.alarms.length > 0) throw new Violation('I18', `${when} asks: ${driven.alarms}`);
    judge(driver, kept, when);
    open = driven.open;
    driver.clock.advance(60_000);
  }
  checkEqual(driver, open);
}

function judge(driver: Driver, kept: ReadonlySet<string>, when: string): void {
  const seen = new Set<string>();
  for (const side of ['left', 'right'] as const) {
    for (const [path, { kind, bytes }] of nodesBelow(driver.volume(side).root)) {
      if (kind !== 'file' || path.startsWith('.syncmgr/stage')) continue;
      const token = tokenOf(bytes);
      if (token !== null) seen.add(token);
      else if (!isReserved(path)) throw new Violation('I2', `${side} ${path} ${when}`);
    }
  }
  for (const token of kept) {
    if (!seen.has(token)) throw new Violation('I1', `${token} is gone ${when}`);
  }
}

function checkEqual(driver: Driver, open: ReadonlySet<string>): void {
  const { left, right } = benchOf(driver);
  for (const path of new Set([...left.paths(), ...right.paths()])) {
    if (isReserved(path) || isRelated(path, open)) continue;
    const [one, other] = [left.get(path), right.get(path)];
    const same = one?.kind === other?.kind && one?.token === other?.token;
    if (!same) throw new Violation('I6', `${path} differs: ${one?.token}, ${other?.token}`);
  }
}
