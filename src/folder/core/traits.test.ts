import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedTimeMs, parseTraits, timeStepOf, usualTraits } from './traits.ts';

test('CK-05 what a disk made of one time tells its step, and a time of its own tells none', () => {
  for (const stepMs of [1, 10, 1000, 2000]) {
    assert.equal(timeStepOf(Math.floor(askedTimeMs / stepMs) * stepMs), stepMs);
  }
  assert.equal(timeStepOf(askedTimeMs), 0.001);
  assert.equal(timeStepOf(askedTimeMs - 2000), null);
  assert.equal(timeStepOf(0), null);
});

test('traits that were remembered whole are known again, and nothing else is', () => {
  assert.deepEqual(parseTraits(JSON.parse(JSON.stringify(usualTraits))), usualTraits);
  const { abilities } = usualTraits;
  const { links: _, ...lacking } = abilities;
  for (const other of [
    null,
    undefined,
    'traits',
    {},
    { abilities },
    { listings: true },
    { abilities: null, listings: true },
    { abilities, listings: 1 },
    { abilities: lacking, listings: true },
    { abilities: { ...abilities, timeStepMs: '1' }, listings: true },
  ]) {
    assert.equal(parseTraits(other), null, JSON.stringify(other));
  }
});
