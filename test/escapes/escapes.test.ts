// A part of the million attempts; all of them: npm run escapes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Kind, shares, tryEscapes } from './all.ts';

const attempts = 40_000;
const seed = Math.floor(Date.now() / 86_400_000);

const titles: Readonly<Record<Kind, string>> = {
  rules:
    'NM-08 I14 whatever the rules take for a safe path is below the root, however it is put together',
  disk: 'MT-3 NM-08 I14 no call of an open folder gets out, by whatever name, while folders are exchanged for links',
  batches:
    'MT-3 NM-08 I14 transitions over hostile paths change and read nothing outside while folders are exchanged for links',
  runs: 'MT-3 FS-19 I14 whole runs change and read nothing outside while folders are exchanged for links',
};

for (const [kind, title] of Object.entries(titles) as [Kind, string][]) {
  test(title, async (t) => {
    t.diagnostic(`seed ${seed}`);
    const tried = await tryEscapes(kind, seed, Math.ceil(attempts * shares[kind]));
    t.diagnostic(`${tried.attempts} attempts, none got out: ${JSON.stringify(tried)}`);
    assert.ok(tried.done > 0, 'nothing was done at all');
    if (kind !== 'rules') assert.ok(tried.exchanged > 0, 'nothing was exchanged');
  });
}
