import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageTypeOf } from './image-type.ts';

const bytes = (...parts: readonly (string | number)[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === 'number' ? [part] : [...part].map((letter) => letter.charCodeAt(0)),
    ),
  );

test('an image is known by its first bytes', () => {
  assert.equal(imageTypeOf(bytes(0x89, 'PNG\r\n', 0x1a, '\n', 'IHDR')), 'image/png');
  assert.equal(imageTypeOf(bytes(0xff, 0xd8, 0xff, 0xe0)), 'image/jpeg');
  for (const gif of ['GIF87a…', 'GIF89a…']) assert.equal(imageTypeOf(bytes(gif)), 'image/gif');
  assert.equal(imageTypeOf(bytes('RIFF', 1, 2, 3, 4, 'WEBPVP8 ')), 'image/webp');
  assert.equal(imageTypeOf(bytes(0, 0, 0, 28, 'ftypavif')), 'image/avif');
});

test('what could be a document, a script or anything else is no image', () => {
  for (const text of [
    '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    '<!doctype html>',
    '%PDF-1.7',
    'GIF8',
    'RIFF1234WAVE',
    'RIFX1234WEBP',
    'no GIF89a',
    '',
  ]) {
    assert.equal(imageTypeOf(bytes(text)), null, text);
  }
});
