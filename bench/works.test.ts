import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Part } from './parts.ts';
import { failureList, growthTable, table } from './report.ts';
import { type Sides, type Tool, works } from './tools.ts';
import { runWorks } from './works.ts';

const home = mkdtempSync(join(tmpdir(), 'syncmgr-bench-works-'));
after(() => rmSync(home, { recursive: true }));

const part: Part = {
  name: 'few',
  description: 'one file',
  make: (root) => {
    mkdirSync(root);
    writeFileSync(join(root, 'file'), 'one');
    return ['file'];
  },
  changed: 'all changed',
  change: (root, files) => files.map((path) => writeFileSync(join(root, path), 'two, longer')),
  changes: (files) => files.length,
  turns: 3,
  apart: false,
  without: ['slow'],
};

function tool(name: string, later: (sides: Sides) => readonly string[]): Tool {
  const copy = ({ left, right }: Sides) => ['cp', '-a', `${left}/.`, right];
  const command = (words: readonly string[]) => words as ReturnType<Tool['first']>;
  return {
    name,
    version: '1',
    works,
    twoWay: false,
    keepsMetadata: true,
    first: (sides) => command(copy(sides)),
    later: (sides) => command(later(sides)),
    environment: () => process.env,
  };
}

const copies = tool('copies', ({ left, right }) => ['cp', '-a', `${left}/.`, right]);
const run = (tools: readonly Tool[]) => runWorks(home, part, tools, 2, () => undefined);

test('a tool that fails is out for its round and said, and the others are measured', () => {
  const fails = tool('fails', () => ['false']);
  const { results, failures } = run([copies, fails, tool('slow', () => ['false'])]);
  const measured = (work: string, name: string) => results.get(work)?.get(name)?.length;
  assert.equal(measured('few, right after', 'copies'), 2);
  assert.equal(measured('few, nothing to do', 'copies'), 6);
  assert.equal(measured('few, all changed', 'copies'), 6);
  assert.equal(measured('few, first', 'fails'), 2);
  assert.equal(measured('few, right after', 'fails'), undefined);
  assert.deepEqual(
    failures.map((failure) => failure.replace(/: .*/s, '')),
    ['round 1, few, right after, fails', 'round 2, few, right after, fails'],
  );
  assert.match(failureList(failures), /- round 2, few, right after, fails: false ended with 1/);
  assert.deepEqual(readdirSync(home), []);
});

test('a copy that is not equal is no result', () => {
  const { results, failures } = run([tool('idle', () => ['true'])]);
  assert.equal(results.get('few, nothing to do')?.get('idle')?.length, 6);
  assert.equal(results.get('few, all changed'), undefined);
  assert.match(failures[0] ?? '', /the sides differ/);
});

test('tables have a cell for each tool, also for those that were left out', () => {
  const { results } = run([copies]);
  const tools = ['copies', 'absent'];
  const [line] = table(results, tools).match(/\| few, first \|.*/) ?? [];
  assert.match(line ?? '', /^\| few, first \| [\d.]+ \(1\.00\) \| – \|$/);
  assert.match(growthTable(results, results, tools), /\| few, first \| 1\.0 \| – \|/);
});
