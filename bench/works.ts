// What is measured: a first copy, the run right after it, nothing to do, some of it changed. All tools
// do one work after the other, round by round, in turning order, so that what slows the machine slows
// them alike. A tool that fails is out for the rest of its round, and said; the others go on.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Files, pick } from './data.ts';
import { assertEqual } from './equal.ts';
import { type Measurement, measure } from './measure.ts';
import type { Part } from './parts.ts';
import type { Sides, Tool, Work } from './tools.ts';

/** Work → tool → one measurement a round. */
export type Results = Map<string, Map<string, Measurement[]>>;

export interface Outcome {
  readonly results: Results;
  /** Which round of which tool went wrong, and how. */
  readonly failures: string[];
}

interface Bench extends Outcome {
  readonly folder: string;
  readonly origin: string;
  readonly files: Files;
  readonly part: Part;
  readonly say: (text: string) => void;
}

export function runWorks(
  folder: string,
  part: Part,
  all: readonly Tool[],
  rounds: number,
  say: (text: string) => void,
): Outcome {
  const tools = all.filter(({ name }) => !part.without.some((word) => name.includes(word)));
  const origin = join(folder, 'origin');
  const files = part.make(origin);
  const bench: Bench = { folder, origin, files, part, say, results: new Map(), failures: [] };
  for (let round = 0; round < rounds; round++) {
    const order = tools.map((_, index) => tools[(index + round) % tools.length] as Tool);
    const groups = part.apart ? order.map((tool) => [tool]) : [order];
    for (const group of groups) runRound(bench, group, round);
  }
  rmSync(origin, { recursive: true, force: true });
  return bench;
}

function runRound(bench: Bench, tools: readonly Tool[], round: number): void {
  const places = new Map(tools.map((tool) => [tool, prepare(bench, tool)]));
  const each = (work: Work, before: (tool: Tool, sides: Sides) => void = () => undefined) => {
    for (const [tool, sides] of places) {
      if (!tool.works.includes(work)) continue;
      try {
        before(tool, sides);
        runOne(bench, tool, sides, work, round);
      } catch (thrown) {
        const what = `round ${round + 1}, ${bench.part.name}, ${work}, ${tool.name}`;
        bench.failures.push(`${what}: ${thrown instanceof Error ? thrown.message : thrown}`);
        bench.say(`${what}: FAILED`);
        drop(bench, places, tool);
      }
    }
  };
  each('first');
  // Who keeps a memory of the copy may still have to complete it: a work of its own.
  each('right after');
  const { turns } = bench.part;
  for (let turn = 0; turn < turns; turn++) each('nothing to do');
  for (let turn = 0; turn < turns; turn++) {
    const seed = round * turns + turn + 1;
    each('changed', (tool, sides) => changeSome(bench, tool, sides, seed));
  }
  for (const tool of [...places.keys()]) drop(bench, places, tool);
}

/** Compared where something was to be done; a fast copy of something else is no result. */
function runOne(bench: Bench, tool: Tool, sides: Sides, work: Work, round: number): void {
  const { part, results, say } = bench;
  const name = `${part.name}, ${work === 'changed' ? part.changed : work}`;
  const command = work === 'first' ? tool.first(sides) : tool.later(sides);
  // Who flushes the disk would otherwise pay for what the tool before it, or our own copying, left unwritten.
  spawnSync('sync');
  const measured = measure(command, tool.environment(sides));
  if (work === 'first' || work === 'changed') {
    assertEqual(sides.left, sides.right, tool.keepsMetadata, `${tool.name}, ${name}`);
  }
  keep(results, name, tool.name, measured);
  say(`round ${round + 1}: ${name}: ${tool.name} ${measured.seconds.toFixed(2)} s`);
}

const homeOf = ({ folder }: Bench, tool: Tool) => join(folder, tool.name.replaceAll(/\W+/g, '-'));

function prepare(bench: Bench, tool: Tool): Sides {
  const home = homeOf(bench, tool);
  const [left, right, state] = [join(home, 'left'), join(home, 'right'), join(home, 'state')];
  for (const path of [right, state]) mkdirSync(path, { recursive: true });
  spawnSync('cp', ['-a', bench.origin, left]);
  return { left, right, state };
}

function drop(bench: Bench, places: Map<Tool, Sides>, tool: Tool): void {
  places.delete(tool);
  rmSync(homeOf(bench, tool), { recursive: true, force: true });
}

function changeSome({ part, files }: Bench, tool: Tool, { left, right }: Sides, seed: number) {
  const chosen = pick(files, part.changes(files), seed);
  const half = tool.twoWay ? Math.ceil(chosen.length / 2) : chosen.length;
  part.change(left, chosen.slice(0, half), seed);
  part.change(right, chosen.slice(half), seed + 1000);
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
