import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainNotifyWays } from '../model/notify-ways.ts';
import { notifyWaysOf } from './notifications.ts';
import { parseFile } from './parse-file.ts';
import { mainFile } from './schema.ts';

const read = (text: string) => parseFile({ file: 'config.yaml', text }, mainFile);

test('ways to be told by are read, with references to secrets left as they are', () => {
  const text = `
notifications:
  desktop: false
  command: [tell, --now]
  webhook: env:HOOK
  mail:
    server: smtps://me@mail.example.org
    password: keyring:mail/me
    from: syncmgr <s@example.org>
    to: me@example.org
`;
  assert.deepEqual(notifyWaysOf(read(text).value?.notifications), {
    desktop: 'no',
    command: ['tell', '--now'],
    webhook: 'env:HOOK',
    mail: {
      server: 'smtps://me@mail.example.org',
      password: 'keyring:mail/me',
      from: 'syncmgr <s@example.org>',
      to: ['me@example.org'],
    },
    ping: null,
  });
  assert.deepEqual(notifyWaysOf(read('limits: {}\n').value?.notifications), plainNotifyWays);
});

test('CF-01 a way that is wrong is named with its line and key, and a password in clear is refused', () => {
  const text =
    'notifications:\n  ping: example.org\n  mail:\n    server: ftp://h\n    password: hunter2\n    from: me\n    to: []\n';
  assert.deepEqual(
    read(text).problems.map(({ line, key }) => `${line} ${key}`),
    [
      '4 notifications.mail.server',
      '5 notifications.mail.password',
      '6 notifications.mail.from',
      '7 notifications.mail.to',
      '2 notifications.ping',
    ],
  );
});
