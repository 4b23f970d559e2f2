// That the checklist is complete: each of its lines has a test whose title begins with its number,
// and no test of this folder is left out.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const here = import.meta.dirname;
const sources = readdirSync(here)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(here, name), 'utf8'));

test('every line from 1 to 176 has a test', () => {
  const titled = /\btest\(\s*['"`]C(\d+) /g;
  // Lines that differ in one value only are a table, whose rows begin with the number.
  const tabled = /^ {2}\['C(\d+)', /gm;
  const found = new Set(
    sources.flatMap((text) =>
      [titled, tabled].flatMap((form) => [...text.matchAll(form)].map(([, line]) => Number(line))),
    ),
  );
  const missing = Array.from({ length: 176 }, (_, index) => index + 1).filter(
    (line) => !found.has(line),
  );
  assert.deepEqual(missing, []);
  assert.ok([...found].every((line) => line >= 1 && line <= 176));
});
