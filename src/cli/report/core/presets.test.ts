import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../model/json.ts';
import { presetDetails, presetsIn } from './presets.ts';

const schema: JsonObject = {
  description: 'Settings.',
  anyOf: [
    { type: 'null' },
    {
      description: 'Backs up a folder.',
      required: ['preset', 'repository'],
      properties: {
        preset: { enum: ['backup', 'other'] },
        repository: { description: 'Where to.' },
        keep: { description: 'How many.', default: 7 },
        host: { description: 'Its name.', default: 'here' },
        tags: { description: 'Words.', default: [] },
        exclude: {},
        environment: {},
        secrets: {},
        inherit: {},
        folder: {},
      },
    },
    { properties: { preset: { enum: ['without-words'] } } },
    { description: 'No list.', properties: { preset: { enum: 'x' }, a: null } },
    { description: 'No preset.', properties: [] },
    { description: 'Bare.', properties: { preset: { enum: ['bare'] } } },
  ],
};

test('presets are found in the schema wherever they stand, without what every program takes', () => {
  assert.deepEqual(presetsIn(schema), [
    {
      name: 'backup',
      says: 'Backs up a folder.',
      parameters: [
        { name: 'repository', says: 'Where to.', needed: true, default: null },
        { name: 'keep', says: 'How many.', needed: false, default: 7 },
        { name: 'host', says: 'Its name.', needed: false, default: 'here' },
        { name: 'tags', says: 'Words.', needed: false, default: [] },
        { name: 'exclude', says: '', needed: false, default: null },
      ],
    },
    { name: 'bare', says: 'Bare.', parameters: [] },
  ]);
});

test('a preset tells its parameters, what each is if left out, and how to add it', () => {
  const [backup, bare] = presetsIn(schema);
  assert.ok(backup !== undefined && bare !== undefined);
  assert.deepEqual(presetDetails(backup), [
    'backup: Backs up a folder.',
    '',
    '  repository  Where to.',
    '  keep        How many. (7 if left out)',
    '  host        Its name. (here if left out)',
    '  tags        Words. (may be left out)',
    '  exclude      (may be left out)',
    '',
    'Add it with: syncmgr add NAME --preset backup --set repository=…',
  ]);
  assert.equal(presetDetails(bare).at(-1), 'Add it with: syncmgr add NAME --preset bare');
});
