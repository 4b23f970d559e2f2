import assert from 'node:assert/strict';
import { test } from 'node:test';
import { places } from './places.ts';

test('the folders of XDG outrank the usual ones of a system', () => {
  const environment = { XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s', XDG_RUNTIME_DIR: '/r' };
  for (const system of ['linux', 'darwin'] as const) {
    assert.deepEqual(places(environment, system, '/h'), {
      home: '/h',
      configuration: '/c/syncmgr',
      state: '/s/syncmgr',
      runtime: '/r/syncmgr',
    });
  }
});

test('each system has its usual folders, and state never stands in the cache', () => {
  const linux = places({}, 'linux', '/h');
  assert.equal(linux.configuration, '/h/.config/syncmgr');
  assert.equal(linux.state, '/h/.local/state/syncmgr');
  const mac = places({}, 'darwin', '/h');
  assert.equal(mac.configuration, '/h/Library/Application Support/syncmgr');
  assert.equal(mac.state, '/h/Library/Application Support/syncmgr/state');
  const windows = places({ APPDATA: '/roaming', LOCALAPPDATA: '/local' }, 'win32', '/h');
  assert.equal(windows.configuration, '/roaming/syncmgr');
  assert.equal(windows.state, '/local/syncmgr');
  for (const { state } of [linux, mac, windows]) assert.doesNotMatch(state, /cache/i);
});
