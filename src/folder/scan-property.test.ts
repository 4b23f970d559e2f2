import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { agree, naive, shortWindowMs, temporaryRoot } from '../../test/support/scan-rig.ts';
import type { Entry, Observation } from './core/entry.ts';

const seed = Number(process.env.SEED ?? 20261120);

const name = fc.constantFrom('a', 'b', 'c', 'ä', '😀', '\u202Ex', '-n', 'a b', '.syncignore', '!');
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const operation = fc.oneof(
  fc.record({ do: fc.constantFrom('write', 'rewrite', 'folder', 'link', 'remove'), path }),
  fc.record({ do: fc.constantFrom('chmod', 'touch', 'write', 'folder'), path }),
  fc.record({ do: fc.constant('move'), path, to: path }),
);
type Operation = { readonly do: string; readonly path: string; readonly to?: string };

/** Whatever the system refuses is simply not done. */
function carryOut(root: string, step: Operation, round: number): void {
  const at = join(root, step.path);
  try {
    if (step.do === 'write') writeFileSync(at, `${round} ${step.path}`);
    else if (step.do === 'rewrite') writeFileSync(at, 'same length', { flag: 'r+' });
    else if (step.do === 'folder') mkdirSync(at, { recursive: true });
    else if (step.do === 'link') symlinkSync(`../${round}`, at);
    else if (step.do === 'remove') rmSync(at, { recursive: true });
    else if (step.do === 'chmod') chmodSync(at, round % 2 === 0 ? 0o755 : 0o700);
    else if (step.do === 'touch') lutimesSync(at, round, round * 1000);
    else if (existsSync(dirname(join(root, step.to ?? '')))) {
      renameSync(at, join(root, step.to ?? ''));
    }
  } catch (error) {
    assert.match(String(error), /E(NOENT|NOTDIR|EXIST|ISDIR|NOTEMPTY|INVAL|LOOP)/);
  }
}

/** What rows must say about a path, from two plain looks. */
function expected(before: Entry | undefined, now: Entry | undefined): Observation | null {
  if (now === undefined) return before === undefined ? null : { state: 'absent' };
  if (before?.kind === 'folder' && now.kind === 'folder' && before.mode === now.mode) return null;
  if (before !== undefined && now.kind !== 'folder' && sameEntry(before, now)) return null;
  return { state: 'present', entry: now };
}

function sameEntry(one: Entry, other: Entry): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function withoutRacy(seen: Observation): Observation {
  if (seen.state !== 'present') return seen;
  const { racy: _, ...signature } = seen.entry.signature;
  return { state: 'present', entry: { ...seen.entry, signature } };
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('a scan against the baseline', () => {
  test('finds exactly what a full look finds, after any changes', () => {
    const rounds = fc.array(fc.array(operation, { maxLength: 12 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(rounds, (plan) => {
        using temporary = temporaryRoot();
        const { root } = temporary;
        let before = new Map<string, Entry>();
        let baseline = agree(root).baseline;
        for (const [round, steps] of plan.entries()) {
          for (const step of steps) carryOut(root, step, round);
          sleep(shortWindowMs + 5);
          const now = naive(root);
          const result = agree(root, baseline);
          const wanted = new Map<string, Observation>();
          for (const at of new Set([...before.keys(), ...now.keys()])) {
            const what = expected(before.get(at), now.get(at));
            if (what !== null) wanted.set(at, what);
          }
          const found = new Map(result.rows.rows.map((row) => [row.path, withoutRacy(row.left)]));
          assert.deepEqual(sorted(found), sorted(wanted));
          const quiet = agree(root, result.baseline);
          assert.equal(quiet.rows.rows.length, 0);
          assert.equal(quiet.listed, 0);
          baseline = result.baseline;
          before = now;
        }
      }),
      { seed, numRuns: 25 },
    );
  });
});

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1));
}
