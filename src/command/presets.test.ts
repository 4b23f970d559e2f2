import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Json, JsonObject } from '../model/json.ts';
import { expand } from './core/expand.ts';
import { type Parameter, parameterSchema, presetSchema } from './preset-schema.ts';
import { loadPreset, presetNames } from './presets.ts';
import { commandSettings } from './schema.ts';

test('every file of presets is shipped, and is called as it calls itself', async () => {
  const files = readdirSync(join(import.meta.dirname, 'presets')).map((file) => file.slice(0, -5));
  assert.deepEqual(new Set<string>(presetNames), new Set(files));
  for (const name of presetNames) {
    const preset = presetSchema.parse(await loadPreset(name));
    assert.equal(preset.name, name);
  }
});

const samples: Readonly<Record<Parameter['is'], Json>> = {
  text: 'text',
  path: '/path',
  place: 'host:place',
  list: ['one', 'two'],
  flag: true,
  count: 3,
  share: '20%',
  secret: 'env:NAME',
};

test('every preset makes settings that the schema takes, with all its parameters and with the fewest', async () => {
  for (const name of presetNames) {
    const preset = presetSchema.parse(await loadPreset(name));
    const all = Object.entries(preset.parameters);
    const given = (some: typeof all): JsonObject =>
      Object.fromEntries(some.map(([key, { is, oneOf }]) => [key, oneOf?.[0] ?? samples[is]]));
    const needed = all.filter(([, one]) => one.default === undefined && !one.optional);
    for (const settings of [given(all), given(needed)]) {
      const schema = parameterSchema(preset, presetNames, 'written');
      assert.equal(schema.safeParse({ preset: name, ...settings }).error, undefined, name);
      const result = commandSettings.safeParse(expand(preset, settings, '/h'));
      assert.equal(result.error, undefined, `${name}: ${result.error?.message}`);
      const gaps = JSON.stringify(result.data).match(/\{[a-z-]+\}/g) ?? [];
      const known = ['{item}', '{subject}', '{state}', '{home}', '{partnership}', '{approved}'];
      assert.deepEqual(
        gaps.filter((gap) => !known.includes(gap)),
        [],
        name,
      );
    }
  }
});

test('each parameter of a preset is used, and each default is what its kind allows', async () => {
  for (const name of presetNames) {
    const preset = presetSchema.parse(await loadPreset(name));
    const text = JSON.stringify(preset.settings);
    for (const [key, { default: usual }] of Object.entries(preset.parameters)) {
      assert.ok(text.includes(`{${key}}`) || text.includes(`"if":"${key}"`), `${name}: ${key}`);
      if (usual === undefined) continue;
      const issues = parameterSchema(preset, presetNames, 'written').safeParse({
        preset: name,
        [key]: usual,
      }).error?.issues;
      assert.equal(issues?.some(({ path }) => path[0] === key) ?? false, false, `${name}: ${key}`);
    }
  }
});
