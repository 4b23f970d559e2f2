// Tidiness is a test: imports, purity, cycles, dead files, lengths, words, stale generated pages.
// The rules are data in tidy/rules.ts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { generatedPages } from '../tools/docs/pages.ts';
import { inspect } from './tidy/inspect.ts';
import { cleanTree, planted } from './tidy/planted.ts';
import type { Finding } from './tidy/source.ts';
import { readTree } from './tidy/tree.ts';

const root = join(import.meta.dirname, '..');
const show = ({ rule, where, text }: Finding) => `${rule}: ${where}: ${text}`;

describe('the tree', () => {
  const findings = inspect(readTree(root));
  const rules = [
    'import',
    'core',
    'machine',
    'cycle',
    'dead',
    'export',
    'length',
    'syntax',
    'word',
    'title',
    'left-out',
    'manifest',
    'page',
  ];
  for (const rule of rules) {
    test(`breaks no rule of the kind “${rule}”`, () => {
      assert.deepEqual(findings.filter((one) => one.rule === rule).map(show), []);
    });
  }

  for (const page of generatedPages) {
    test(`has ${page.path} as it would be generated now`, () => {
      const written = readFileSync(join(root, page.path), 'utf8');
      assert.equal(written, page.text(), `run: npm run docs`);
    });
  }
});

describe('the checker', () => {
  test('accepts a clean tree', () => {
    assert.deepEqual(inspect(new Map(Object.entries(cleanTree))).map(show), []);
  });

  for (const { fault, rule, files } of planted) {
    test(`refuses a tree where ${fault}`, () => {
      const findings = inspect(new Map(Object.entries({ ...cleanTree, ...files })));
      assert.ok(
        findings.some((one) => one.rule === rule),
        `no finding of the kind ${rule}, only: ${findings.map(show).join('; ')}`,
      );
    });
  }
});
