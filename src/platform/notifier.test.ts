import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type NotifierBed, notifierConformance } from '../../test/conformance/notifier.ts';
import { knownSecrets } from '../../test/support/known-secrets.ts';
import { MailSink } from '../../test/support/mail-sink.ts';
import { PrivateBus } from '../../test/support/private-bus.ts';
import { WebSink } from '../../test/support/web-sink.ts';
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

async function webServer() {
  const sink = await WebSink.start();
  after(() => sink.stop());
  return sink;
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

test('a sign of a run goes to the address, below it when it begins or fails, and its query stays', async () => {
  const { url, asked, given } = await webServer();
  const notifier = notifierOf({}, { 'env:CHECK': `${url}/ping/s3cr3t/nightly?create=1` });
  const { signal } = new AbortController();
  for (const moment of ['start', 'success', 'fail'] as const) {
    await notifier.ran('env:CHECK', moment, signal);
    await notifier.ran(`${url}/uuid/`, moment, signal);
  }
  assert.deepEqual(asked, [
    'GET /ping/s3cr3t/nightly/start?create=1',
    'GET /uuid/start',
    'GET /ping/s3cr3t/nightly?create=1',
    'GET /uuid/',
    'GET /ping/s3cr3t/nightly/fail?create=1',
    'GET /uuid/fail',
  ]);
  given.status = 500;
  await assert.rejects(notifier.ran('env:CHECK', 'fail', signal), (error: Error) => {
    assert.ok(!/s3cr3t/.test(error.message), error.message);
    return true;
  });
});

test('whoever waits for a sign of a run and does not answer is waited for no longer than wanted', async () => {
  const { url, given } = await webServer();
  given.isSilent = true;
  const over = new AbortController();
  const sent = notifierOf({}).ran(url, 'start', over.signal);
  over.abort();
  await assert.rejects(sent, { code: 'notification-failed' });
});
