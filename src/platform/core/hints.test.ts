import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathsOf } from './hints.ts';

test('a changed name is told once, with its folder', () => {
  const touched = [
    { folder: '', name: 'a' },
    { folder: 'x/y', name: 'b' },
    { folder: '', name: 'a' },
  ];
  assert.deepEqual(pathsOf(touched), ['a', 'x/y/b']);
});

test('of a folder up to 64 names are told one by one', () => {
  const names = Array.from({ length: 65 }, (_, at) => ({ folder: 'x', name: `f${at}` }));
  const told = pathsOf(names.slice(0, 64));
  assert.deepEqual([told.length, told[0]], [64, 'x/f0']);
  assert.deepEqual(pathsOf(names), ['x']);
});

test('many names of a folder, an unknown or an unreadable one are told as the folder', () => {
  const many = Array.from({ length: 100 }, (_, at) => ({ folder: 'x', name: `f${at}` }));
  assert.deepEqual(pathsOf([...many, { folder: 'y', name: 'b' }]), ['x', 'y/b']);
  assert.deepEqual(
    pathsOf([
      { folder: 'x', name: 'a' },
      { folder: 'x', name: null },
    ]),
    ['x'],
  );
  assert.deepEqual(pathsOf([{ folder: '', name: 'caf\u{FFFD}' }]), ['']);
});
