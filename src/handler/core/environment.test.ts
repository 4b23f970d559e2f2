import assert from 'node:assert/strict';
import { test } from 'node:test';
import { environmentFor } from './environment.ts';

test('HN-18 every program finds its way: its user, places and language, on each system', () => {
  const needed = {
    PATH: 'p',
    HOME: 'p',
    USER: 'p',
    LOGNAME: 'p',
    LANG: 'p',
    LANGUAGE: 'p',
    LC_ALL: 'p',
    LC_CTYPE: 'p',
    LC_MESSAGES: 'p',
    TZ: 'p',
    TMPDIR: 'p',
    XDG_RUNTIME_DIR: 'p',
    SystemRoot: 'w',
    SystemDrive: 'w',
    ComSpec: 'w',
    PATHEXT: 'w',
    TEMP: 'w',
    TMP: 'w',
    USERPROFILE: 'w',
    APPDATA: 'w',
    LOCALAPPDATA: 'w',
  };
  assert.deepEqual(environmentFor([], { ...needed, SECRET: 's' }), needed);
});

test('HN-18 a program is given what is on its list and what all need, and nothing else', () => {
  const ours = { PATH: '/bin', HOME: '/h', MAIL_PASSWORD: 'hunter2', PROXY: 'p', EMPTY: '' };
  assert.deepEqual(environmentFor(['PROXY', 'NONE', 'EMPTY', 'MODE=a=b'], ours), {
    PATH: '/bin',
    HOME: '/h',
    PROXY: 'p',
    EMPTY: '',
    MODE: 'a=b',
  });
});
