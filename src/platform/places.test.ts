import assert from 'node:assert/strict';
import { test } from 'node:test';
import { places } from './places.ts';

test('the folders of XDG outrank the usual ones of a system', () => {
  const environment = { XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s', XDG_RUNTIME_DIR: '/r' };
  for (const system of ['linux', 'darwin'] as const) {
    const { manager: _, ...folders } = places(environment, system, '/h');
    assert.deepEqual(folders, {
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

test('the socket of a manager is found by its store: the usual one has the plain name', () => {
  const usual = places({ XDG_RUNTIME_DIR: '/r' }, 'linux', '/h').manager.socket;
  assert.equal(usual, '/r/syncmgr/manager.socket');
  const named = places({ XDG_RUNTIME_DIR: '/r', XDG_STATE_HOME: '/h/.local/state' }, 'linux', '/h');
  assert.equal(named.manager.socket, usual);
  const other = places({ XDG_RUNTIME_DIR: '/r', XDG_STATE_HOME: '/s' }, 'linux', '/h');
  assert.match(other.manager.socket, /^\/r\/syncmgr\/manager-[0-9a-f]{8}\.socket$/);
});
