import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Touched } from './touched.ts';

const clean = (): Touched => {
  const touched = new Touched(['/left', '/right']);
  touched.forget(touched.moment);
  return touched;
};
const none = [
  { root: '/left', paths: [] },
  { root: '/right', paths: [] },
];

describe('what was touched since the last clean session began', () => {
  test('before the first session it may be anything', () => {
    assert.equal(new Touched(['/left']).now(), null);
    assert.deepEqual(clean().now(), none);
  });

  test('what a session saw is taken back when it ends, what was told meanwhile stays', () => {
    const touched = clean();
    touched.note('/left', ['a', 'b']);
    const begun = touched.moment;
    touched.note('/right', ['c']);
    touched.note('/left', ['b']);
    touched.forget(begun);
    assert.deepEqual(touched.now(), [
      { root: '/left', paths: ['b'] },
      { root: '/right', paths: ['c'] },
    ]);
  });

  test('what may have been anything stays so until a session that began later', () => {
    const touched = clean();
    const begun = touched.moment;
    touched.note('/left', ['a']);
    touched.noteAll();
    touched.note('/left', ['b']);
    touched.forget(begun);
    assert.equal(touched.now(), null);
    touched.forget(touched.moment);
    assert.deepEqual(touched.now(), none);
  });

  test('what may be anything since a session began is not taken back by it', () => {
    const touched = clean();
    const begun = touched.moment;
    touched.noteAll();
    touched.forget(begun);
    assert.equal(touched.now(), null);
  });

  test('a thousand paths are still told one by one', () => {
    const touched = clean();
    const paths = Array.from({ length: 1_000 }, (_, at) => `f${at}`);
    touched.note('/left', paths);
    assert.deepEqual(touched.now()?.[0], { root: '/left', paths });
  });

  test('a whole root, an unknown root and too many paths are anything', () => {
    const whole = clean();
    whole.note('/left', ['']);
    const unknown = clean();
    unknown.note('/elsewhere', ['a']);
    const many = clean();
    many.note(
      '/left',
      Array.from({ length: 1_001 }, (_, at) => `f${at}`),
    );
    assert.deepEqual([whole.now(), unknown.now(), many.now()], [null, null, null]);
  });
});
