import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type TestContext, test } from 'node:test';
import { openChannel } from './channel.ts';

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-channel-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Another process that answers with what it was asked. */
async function neighbour(context: TestContext, folder: string) {
  const program = `
    import { openChannel } from ${JSON.stringify(import.meta.resolve('./channel.ts'))};
    const channel = openChannel(${JSON.stringify(folder)});
    channel.listen(async (question) => ({ asked: question }));
    setTimeout(() => console.log('ready'), 400);
    setTimeout(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  context.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('a process answers what another one asks', async (t) => {
  const folder = folderOf(t);
  const child = await neighbour(t, folder);
  const answers = await openChannel(folder).ask({ verb: 'running' });
  assert.deepEqual(answers, [{ process: child.pid, answer: { asked: { verb: 'running' } } }]);
});

test('the socket of a process that was killed is removed, and nobody waits for it', async (t) => {
  const folder = folderOf(t);
  const child = await neighbour(t, folder);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(readdirSync(folder).length, 1);
  assert.deepEqual(await openChannel(folder).ask({ verb: 'running' }), []);
  assert.deepEqual(readdirSync(folder), []);
});

test('a folder that others may write to is not used', async (t) => {
  const folder = folderOf(t);
  chmodSync(folder, 0o777);
  const program = `
    import { openChannel } from ${JSON.stringify(import.meta.resolve('./channel.ts'))};
    openChannel(${JSON.stringify(folder)}).listen(async () => ({}));
    setTimeout(() => {}, 300);`;
  spawnSync(process.execPath, ['--input-type=module', '-e', program]);
  writeFileSync(join(folder, 'other'), '');
  assert.deepEqual(readdirSync(folder), ['other']);
});

test('where nobody listens nobody answers', async (t) => {
  assert.deepEqual(await openChannel(join(folderOf(t), 'none')).ask({ verb: 'running' }), []);
});
