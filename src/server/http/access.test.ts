import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../../testing/virtual-clock.ts';
import { Access, type AccessPorts, type Browser, cookieName, signedInMs } from './access.ts';

/** One manager after another: what one wrote down the next one reads. */
function managers() {
  const clock = new VirtualClock();
  clock.hold();
  let secrets = 0;
  let kept: readonly Browser[] = [];
  const said: string[] = [];
  const ports: AccessPorts = {
    clock,
    digest: (text) => `digest of ${text}`,
    secret: () => {
      secrets += 1;
      return `secret-${secrets}`;
    },
    browsers: {
      read: () => kept,
      write: (browsers) => {
        kept = browsers;
      },
    },
    log: (_, text) => said.push(text),
  };
  const start = (more: Partial<AccessPorts> = {}) => new Access({ ...ports, ...more }, []);
  return { clock, start, kept: () => kept, said };
}

async function isIn(access: Access, session: string | null): Promise<boolean> {
  const verdict = await access.judge(undefined, `${cookieName}=${session}`);
  return typeof verdict === 'object' && verdict.name === 'browser';
}

test('a browser stays signed in over restarts, until its time is over', async () => {
  const { clock, start, kept } = managers();
  const first = start();
  const session = first.login(first.loginCode());
  const second = start();
  assert.ok(await isIn(second, session));
  assert.equal(await isIn(second, 'secret-99'), false);
  assert.deepEqual(
    kept().map(({ digest }) => digest),
    [`digest of ${session}`],
  );
  clock.advance(signedInMs - 1);
  assert.ok(await isIn(start(), session));
  clock.advance(1);
  assert.equal(await isIn(start(), session), false);
});

test('of very many browsers the oldest goes, and one whose time is over is not kept', () => {
  const { clock, start, kept } = managers();
  const access = start();
  for (let at = 0; at < 70; at += 1) access.login(access.loginCode());
  assert.equal(kept().length, 64);
  clock.advance(signedInMs);
  access.login(access.loginCode());
  assert.equal(kept().length, 1);
});

test('where it cannot be written down a browser is in all the same, until a restart', async () => {
  const { start, said } = managers();
  const write = () => {
    throw new Error('No room.');
  };
  const access = start({ browsers: { read: () => [], write } });
  assert.ok(await isIn(access, access.login(access.loginCode())));
  assert.match(said.join(), /sign in again after a restart: .*No room/);
});
