// What is measured: a first copy, the run right after it, nothing to do, some of it changed; on many
// small files and on few large ones. All tools do one work after the other, round by round, in turning order, so that what
// slows the machine slows them alike.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Files, makeLarge, makeSmall, patch, pick, rewrite } from './data.ts';
import { assertEqual } from './equal.ts';
import { type Measurement, measure } from './measure.ts';
import type { Sides, Tool } from './tools.ts';

/** Work → tool → one measurement a round. */
export type Results = Map<string, Map<string, Measurement[]>>;

export interface Data {
  /** `small` or `large`: begins the name of each work. */
  readonly name: string;
  make(root: string): Files;
  /** The name of the work that follows a change, and the change on one side. */
  readonly changed: string;
  change(root: string, files: Files, seed: number): void;
  /** How many files change in all; two-way tools have half of them changed on each side. */
  changes(files: Files): number;
}

export const small = (count: number): Data => ({
  name: 'small',
  make: (root) => makeSmall(root, count),
  changed: '1 % changed',
  change: rewrite,
  changes: (files) => Math.ceil(files.length / 100),
});

export const large = (count: number, mebibytes: number): Data => ({
  name: 'large',
  make: (root) => makeLarge(root, count, mebibytes),
  changed: '1 MiB changed in each',
  change: (root, files, seed) => patch(root, files, mebibytes, seed),
  changes: (files) => files.length,
});

export function runWorks(
  folder: string,
  data: Data,
  tools: readonly Tool[],
  rounds: number,
  say: (text: string) => void,
): Results {
  const results: Results = new Map();
  const origin = join(folder, 'origin');
  const files = data.make(origin);
  for (let round = 0; round < rounds; round++) {
    const order = tools.map((_, index) => tools[(index + round) % tools.length] as Tool);
    const places = new Map(order.map((tool) => [tool, prepare(folder, origin, tool)]));
    const each = (work: string, before: (tool: Tool, sides: Sides) => void, first: boolean) => {
      for (const [tool, sides] of places) {
        before(tool, sides);
        const command = first ? tool.first(sides) : tool.later(sides);
        const measured = measure(command, tool.environment(sides));
        keep(results, `${data.name}, ${work}`, tool.name, measured);
        const { seconds } = measured;
        say(`round ${round + 1}: ${data.name}, ${work}: ${tool.name} ${seconds.toFixed(2)} s`);
      }
      for (const [tool, { left, right }] of places) {
        assertEqual(left, right, tool.keepsMetadata, `${tool.name}, ${data.name}, ${work}`);
      }
    };
    each('first', () => undefined, true);
    // Who keeps a memory of the copy may still have to complete it: a work of its own.
    each('right after', () => undefined, false);
    each('nothing to do', () => undefined, false);
    each(data.changed, (tool, sides) => changeSome(data, files, tool, sides, round), false);
    for (const { left, right, state } of places.values()) {
      for (const path of [left, right, state]) rmSync(path, { recursive: true, force: true });
    }
  }
  rmSync(origin, { recursive: true, force: true });
  return results;
}

function prepare(folder: string, origin: string, tool: Tool): Sides {
  const home = join(folder, tool.name.replaceAll(/\W+/g, '-'));
  const sides = {
    left: join(home, 'left'),
    right: join(home, 'right'),
    state: join(home, 'state'),
  };
  cpSync(origin, sides.left, { recursive: true, preserveTimestamps: true });
  mkdirSync(sides.right);
  mkdirSync(sides.state);
  return sides;
}

function changeSome(data: Data, files: Files, tool: Tool, { left, right }: Sides, round: number) {
  const chosen = pick(files, data.changes(files), round + 1);
  const half = tool.twoWay ? Math.ceil(chosen.length / 2) : chosen.length;
  data.change(left, chosen.slice(0, half), round + 1);
  data.change(right, chosen.slice(half), round + 1001);
}

function keep(results: Results, work: string, tool: string, measured: Measurement): void {
  const row = results.get(work) ?? new Map<string, Measurement[]>();
  results.set(work, row);
  row.set(tool, [...(row.get(tool) ?? []), measured]);
}

/** How long it takes to say nothing: the start of the program alone. */
export function runStarts(commands: ReadonlyMap<string, Parameters<typeof measure>>): Results {
  const results: Results = new Map();
  for (let round = 0; round < 21; round++) {
    for (const [name, arguments_] of commands) keep(results, 'start', name, measure(...arguments_));
  }
  return results;
}
