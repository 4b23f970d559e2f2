import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type NotifierBed, notifierConformance } from '../../test/conformance/notifier.ts';
import { knownSecrets } from '../../test/support/known-secrets.ts';
import { MailSink } from '../../test/support/mail-sink.ts';
import { PrivateBus } from '../../test/support/private-bus.ts';
import { type NotifyWays, plainNotifyWays } from '../model/notify-ways.ts';
import { openNotifier } from './notifier.ts';
import { processes } from './processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'syncmgr-notifier-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const none: NotifyWays = { ...plainNotifyWays, desktop: 'no' };
const notification = { level: 'error', title: 'Late', text: 'docs is stale', key: 'k' } as const;

function notifierOf(ways: Partial<NotifyWays>, values: Readonly<Record<string, string>> = {}) {
  const secrets = knownSecrets(values);
  return openNotifier({ ways: () => ({ ...none, ...ways }), secrets, processes, home: folder });
}

/** A server of the web on loopback: what it is sent, and what it answers. */
async function webServer() {
  const bodies: string[] = [];
  const given = { status: 204, headers: {} as Record<string, string> };
  const server = createServer((request, answer) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      bodies.push(body);
      answer.writeHead(given.status, given.headers).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, bodies, given };
}

notifierConformance('notifications by webhook', async (): Promise<NotifierBed> => {
  const { url, bodies, given } = await webServer();
  return {
    notifier: notifierOf({ webhook: url }),
    arrived: async () =>
      bodies.map((body) => {
        const { title, text } = JSON.parse(body) as { title: string; text: string };
        return [title, text];
      }),
    breakDown: async (isBroken) => {
      given.status = isBroken ? 500 : 204;
    },
  };
});

let commands = 0;
notifierConformance('notifications by a command', async (): Promise<NotifierBed> => {
  const file = join(folder, `told-${commands++}`);
  const broken = `${file}.broken`;
  const script = `test ! -e ${broken} || exit 3; cat >> ${file}; echo >> ${file}; test -n "$SYNCMGR_TITLE"`;
  return {
    notifier: notifierOf({ command: ['sh', '-c', script] }),
    arrived: async () =>
      readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => {
          const { title, text } = JSON.parse(line) as { title: string; text: string };
          return [title, text];
        }),
    breakDown: async (isBroken) => {
      if (isBroken) writeFileSync(broken, '');
      else rmSync(broken);
    },
  };
});

notifierConformance('notifications by mail', async (): Promise<NotifierBed> => {
  const sink = await MailSink.start();
  after(() => sink.stop());
  const mail = {
    server: `smtp://127.0.0.1:${sink.port}`,
    password: null,
    from: 'syncmgr <s@example.org>',
    to: ['me@example.org', 'you@example.org'],
  };
  return {
    notifier: notifierOf({ mail }),
    arrived: async () =>
      sink.mails.map(({ content, from, to }) => {
        assert.deepEqual([from, to], ['s@example.org', ['me@example.org', 'you@example.org']]);
        const [head = '', ...body] = content.split('\n\n');
        return [/^Subject: (.*)$/m.exec(head)?.[1] ?? '', body.join('\n\n').trimEnd()];
      }),
    breakDown: async (isBroken) => {
      sink.door = isBroken ? 'closed' : 'open';
    },
  };
});

notifierConformance('notifications on a desktop', async (): Promise<NotifierBed> => {
  const session = await PrivateBus.start();
  after(() => session.stop());
  process.env.DBUS_SESSION_BUS_ADDRESS = session.address;
  const service = 'org.freedesktop.Notifications';
  await session.mock('notification_daemon', service);
  const mock = 'org.freedesktop.DBus.Mock';
  const object = [service, '/org/freedesktop/Notifications'] as const;
  return {
    notifier: notifierOf({ desktop: 'yes' }),
    arrived: async () => {
      const calls = await session.call(...object, mock, 'GetMethodCalls', 's', 'Notify');
      // name, replaced id, icon, title, text.
      const told = calls.matchAll(
        /s "syncmgr" u \d+ s "[^"]*" s "((?:[^"\\]|\\.)*)" s "((?:[^"\\]|\\.)*)"/g,
      );
      return [...told].map(([, title = '', text = '']) => [plain(title), plain(text)]);
    },
    breakDown: async (isBroken) => {
      process.env.DBUS_SESSION_BUS_ADDRESS = isBroken ? 'unix:path=/nowhere' : session.address;
    },
  };
});

/** As busctl writes a text, and the desktop reads it. */
const plain = (text: string) =>
  (JSON.parse(`"${text}"`) as string)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

test('one way that fails keeps the others from nothing, and is no error', async () => {
  const { url, bodies } = await webServer();
  await notifierOf({ webhook: url, command: ['no-such-program'] }).send(notification);
  assert.equal(bodies.length, 1);
  await notifierOf({}).send(notification);
});

test('a redirect is not followed, for it could lead to what only this computer reaches', async () => {
  const inner = await webServer();
  const { url, given } = await webServer();
  Object.assign(given, { status: 307, headers: { location: inner.url } });
  await assert.rejects(notifierOf({ webhook: url }).send(notification), /redirects elsewhere/);
  assert.deepEqual(inner.bodies, []);
});

test('CF-06 an address that is a secret is resolved, and no error shows it', async () => {
  const { url, bodies, given } = await webServer();
  const secret = `${url}/hooks/s3cr3t-path?token=t0ken`;
  const notifier = notifierOf({ webhook: 'env:HOOK', ping: 'env:HOOK' }, { 'env:HOOK': secret });
  await notifier.send(notification);
  await notifier.ping();
  assert.equal(bodies.length, 2);
  given.status = 500;
  for (const work of [() => notifier.send(notification), () => notifier.ping()]) {
    await assert.rejects(work(), (error: Error) => {
      assert.ok(!/s3cr3t|t0ken/.test(error.message), error.message);
      return true;
    });
  }
  await assert.rejects(notifierOf({ webhook: 'env:NONE' }).send(notification), /env:NONE/);
});

test('CF-06 a password does not travel over a line that is not encrypted', async () => {
  const sink = await MailSink.start();
  after(() => sink.stop());
  const server = `smtp://me@127.0.0.1:${sink.port}`;
  const mail = { server, password: 'env:PASS', from: 's@example.org', to: ['me@example.org'] };
  const notifier = notifierOf({ mail }, { 'env:PASS': 'hunter2' });
  await assert.rejects(notifier.send(notification), { code: 'notification-failed' });
  assert.deepEqual(sink.mails, []);
});
