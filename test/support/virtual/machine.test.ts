import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { filesystemConformance } from '../../conformance/filesystem.ts';
import { byText } from '../tree-disk.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { afterPowerCut, survivors } from './crash.ts';
import { Machine } from './machine.ts';
import { posixNature, Volume } from './volume.ts';

function machine(): Machine {
  const clock = new VirtualClock();
  return new Machine(new Map([['disk', new Volume(posixNature, 1, () => clock.now())]]));
}

filesystemConformance('a virtual disk', () => ({
  filesystem: machine(),
  root: '/disk',
  [Symbol.dispose]: () => undefined,
}));

const bytes = (text: string) => new TextEncoder().encode(text);

function write(at: Machine, name: string, text: string, how: 'synced' | 'not synced'): void {
  const folder = at.openFolder('/disk');
  const file = folder.createFile(name, 0o644);
  file.write(bytes(text), text.length, 0);
  if (how === 'synced') file.sync();
}

/** What each legal disk holds: names with their contents. */
function disksAfter(at: Machine): string[] {
  const volume = at.volumes.get('disk') as Volume;
  return survivors([volume], 64, () => 0)
    .map((choice) => {
      const left = afterPowerCut(volume, choice);
      return [...left.names.values()]
        .map(({ name, node }) => `${name}=${new TextDecoder().decode(node.bytes)}`)
        .join(' ');
    })
    .sort(byText);
}

describe('a virtual disk without power', () => {
  test('a synced file in a synced folder is all there is', () => {
    const at = machine();
    write(at, 'a', 'one', 'synced');
    at.openFolder('/disk').sync();
    assert.deepEqual(new Set(disksAfter(at)), new Set(['a=one']));
  });

  test('a name without its content may be left, and nothing may be', () => {
    const at = machine();
    write(at, 'a', 'four', 'not synced');
    const found = new Set(disksAfter(at));
    assert.ok(found.has(''));
    assert.ok(found.has('a=four'));
    assert.ok([...found].some((one) => one.startsWith('a=') && one !== 'a=four'));
  });

  test('a rename before the flush may lead to half a file; after it, to the old or the new one', () => {
    for (const how of ['synced', 'not synced'] as const) {
      const at = machine();
      write(at, 'a', 'old', 'synced');
      at.openFolder('/disk').sync();
      write(at, 'b', 'new!', how);
      const folder = at.openFolder('/disk');
      folder.rename('b', folder, 'a');
      const contents = disksAfter(at).filter((one) => !one.includes('b='));
      const whole = contents.every((one) => ['a=old', 'a=new!'].includes(one));
      assert.equal(whole, how === 'synced', contents.join(' | '));
    }
  });

  test('changes in one folder are lost from the end', () => {
    const at = machine();
    for (const name of ['a', 'b', 'c']) write(at, name, name, 'synced');
    assert.deepEqual(new Set(disksAfter(at)), new Set(['', 'a=a', 'a=a b=b', 'a=a b=b c=c']));
  });
});
