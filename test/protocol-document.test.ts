// docs/protocol.md says what is so: each of its example lines has the form of the schemas, and the whole
// session at its end is played back to the handler that it is of.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import type { z } from 'zod';
import { asked, askedBack, heard, told } from '../src/wire/schemas.ts';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'docs', 'protocol.md'), 'utf8');

interface Line {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

const requests: Readonly<
  Record<string, { readonly params: z.ZodType; readonly result: z.ZodType }>
> = { ...asked, ...askedBack };
const notifications: Readonly<Record<string, z.ZodType>> = { ...told, ...heard };

test('every example of docs/protocol.md has the form of its message, and every message has one', () => {
  const seen = new Set<string>();
  for (const [, block = ''] of text.matchAll(/```json\n([\s\S]*?)```/g)) {
    let asking = '';
    for (const line of block.trim().split('\n')) {
      const { id, method, params, result } = JSON.parse(line) as Line;
      if (method !== undefined) seen.add(method);
      if (method !== undefined && id !== undefined) asking = method;
      const request = requests[asking];
      const ofRequest = method === undefined ? request?.result : request?.params;
      const isTold = method !== undefined && id === undefined;
      const schema = isTold ? notifications[method] : ofRequest;
      assert.ok(schema, `there is no such message: ${line}`);
      const read = schema.safeParse(method === undefined ? result : params);
      assert.ok(read.success, `${line}: ${read.error?.message}`);
    }
  }
  const all = new Set([...Object.keys(requests), ...Object.keys(notifications)]);
  assert.deepEqual(
    [...all].filter((method) => !seen.has(method)),
    [],
  );
});

const hasPerl = spawnSync('perl', ['-MJSON::PP', '-e', '1']).status === 0;

test('the whole session in docs/protocol.md goes as it is written', {
  skip: !hasPerl,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-transcript-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'letters', '2025'), { recursive: true });
  mkdirSync(join(folder, 'copy', '2025'), { recursive: true });
  writeFileSync(join(folder, 'letters', '2025', 'aunt.txt'), 'Dear aunt,\n');
  const [, transcript = ''] = /## A whole session[\s\S]*?```text\n([\s\S]*?)```/.exec(text) ?? [];
  const lines = transcript.trim().split('\n');
  const child = spawn('perl', [join(root, 'examples', 'handlers', 'copies.pl')]);
  t.after(() => child.kill('SIGKILL'));
  const heardLines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const came: string[] = [];
  for (const line of lines) {
    const said = line.slice(2);
    if (line.startsWith('→ ')) child.stdin.write(`${said.replaceAll('/data/', `${folder}/`)}\n`);
    else came.push(`← ${(await heardLines.next()).value}`);
    if (line.startsWith('→ ')) came.push(line);
  }
  assert.deepEqual(came, lines);
  assert.equal(readFileSync(join(folder, 'copy', '2025', 'aunt.txt'), 'utf8'), 'Dear aunt,\n');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin.end();
  assert.equal(await ended, 0);
});
