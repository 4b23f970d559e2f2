// Every vice of a handler in a program of its own ends as it should, and its neighbour never notices.
// What is measured in minutes here passes ten times as fast.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { usualPatience } from '../../src/model/handler-source.ts';
import { codeOf, gone, pidsIn, statuses, texts, until, Zoo } from './rig.ts';

const vices = join(import.meta.dirname, 'vices');
const hasty = { patience: { warnMs: 10_000, stuckMs: 20_000 } };

test('HN-01 a program that is missing or may not run is said to be so', async (t) => {
  const zoo = new Zoo(t);
  const file = join(zoo.bed.folder, 'data');
  writeFileSync(file, 'no program');
  for (const program of ['no-such-program', file]) {
    const came = await zoo.run(zoo.bed.handler('vice', [program]));
    assert.equal(came.session.phase, 'failed');
    assert.equal(codeOf(came), 'program-unusable');
  }
});

test('HN-01 a program that speaks another revision is refused with both', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-01-other-revision.ts'));
  assert.equal(codeOf(came), 'handler-revision');
  assert.match(came.session.result?.error?.text ?? '', /revision 99 .* revision 1/);
});

test('HN-01 a banner before the protocol goes to the log, and the handler works', async (t) => {
  const zoo = new Zoo(t);
  const words = [process.execPath, join(vices, 'none.ts')];
  const came = await zoo.run(zoo.program('hn-01-banner.sh', words));
  assert.equal(came.session.phase, 'succeeded', JSON.stringify(came.session.result));
  const all = texts(came).join('\n');
  assert.match(all, /Welcome to the good handler/);
  assert.match(all, /the moon is full/);
});

test('HN-02 one that never introduces itself is ended after ten seconds', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-02-silent.sh', [], { handshakeMs: 10_000 }));
  assert.equal(came.session.phase, 'failed');
  assert.equal(codeOf(came), 'handler-silent');
  assert.match(came.session.result?.error?.text ?? '', /within 10 s/);
  const took = (came.session.endedAt ?? 0) - came.session.startedAt;
  assert.ok(took >= 9_900, `${took} ms`);
});

test('HN-03 a prepare that hangs is told of, then stopped, then given up and ended', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-03-prepare-hangs.ts', [], hasty));
  assert.equal(came.session.phase, 'failed');
  assert.equal(codeOf(came), 'handler-stuck');
  const [warning, stop] = texts(came).toReversed();
  assert.match(warning ?? '', /Nothing has moved for 10 s: vice may hang\. .* last heard of 0\./);
  assert.match(stop ?? '', /vice is told to stop/);
  assert.deepEqual(usualPatience, { warnMs: 60_000, stuckMs: 300_000 });
});

test('HN-04 one that runs on the spot is stuck, however much it reports', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-04-runs-on-the-spot.ts', [], hasty));
  assert.equal(codeOf(came), 'handler-stuck');
  assert.deepEqual(statuses(came), { a: 'failed', b: 'failed' });
});

test('HN-05 one that ends well without having completed has failed, with what it left open', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-05-leaves-without-a-word.ts'));
  assert.equal(codeOf(came), 'handler-ended');
  assert.match(came.session.result?.error?.text ?? '', /without having completed .* code 0/);
  assert.deepEqual(statuses(came), { a: 'succeeded', b: 'failed' });
});

test('HN-05 one that idles and never completes is given up', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-05-idles.ts', [], hasty));
  assert.equal(codeOf(came), 'handler-stuck');
  assert.deepEqual(statuses(came), { a: 'failed', b: 'failed' });
});

test('HN-06 of two completions the first counts, and what was under way then has failed', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-06-done-twice.ts'));
  assert.equal(came.session.phase, 'partial');
  assert.equal(came.session.result?.bytes, 1);
  assert.deepEqual(statuses(came), { a: 'failed', b: 'succeeded' });
  assert.match(texts(came).join('\n'), /still at this item when it said that it was done/);
});

test('HN-07 replies that belong nowhere are told of, and the third ends the session', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-07-out-of-order.ts'));
  assert.equal(came.session.phase, 'failed');
  assert.equal(codeOf(came), 'handler-lied');
  assert.equal(texts(came).filter((text) => text.startsWith('It broke the protocol')).length, 3);
});

test('HN-08 what it says that it did is recorded as its word', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-08-lies.ts'));
  assert.equal(came.session.phase, 'succeeded');
  assert.deepEqual(came.session.result?.counts, { 'right.create': 1_000 });
});

test('HN-09 a list without end is cut, doubles are counted, and unlisted items have no say', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-09-invents-items.ts'));
  assert.equal(came.session.phase, 'succeeded', JSON.stringify(came.session.result?.error));
  assert.equal(came.session.result?.items.length, 100_000);
  const all = texts(came).join('\n');
  assert.match(all, /\d+ items were left out: named twice, without a name, or too many/);
  assert.match(all, /^100000 items$/m);
});

test('HN-10 a flood is slowed, counted and cut, and the session goes on', async (t) => {
  const zoo = new Zoo(t);
  const before = process.memoryUsage().rss;
  const came = await zoo.run(zoo.program('hn-10-floods.ts'));
  assert.equal(came.session.phase, 'succeeded', JSON.stringify(came.session.result?.error));
  assert.ok(came.lines.length <= 600, `${came.lines.length} lines`);
  assert.match(texts(came).join('\n'), /… \d{4,} lines were left out …/);
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  assert.ok(grown < 256, `${grown} MiB`);
});

const garbage = [
  'a line of 20 MiB',
  'half an object',
  'a number that is none',
  'lists in lists without end',
  'wrong types',
  'a negative amount, and one beyond all',
  'a level that there is not',
  'a method that there is not',
  'bytes that are no text',
];

for (const [number, what] of garbage.entries()) {
  test(`HN-11 ${what} is dropped, and the session goes on`, async (t) => {
    const zoo = new Zoo(t);
    const came = await zoo.run(zoo.program('hn-11-no-frames.ts', [String(number)]));
    assert.equal(came.session.phase, 'succeeded', JSON.stringify(came.session.result?.error));
    const isWord = what === 'a method that there is not' || what === 'bytes that are no text';
    const told = texts(came).filter((text) => text.startsWith('It broke the protocol'));
    assert.equal(told.length, isWord ? 0 : 1, texts(came).join('\n'));
  });
}

test('HN-12 one that ignores all is ended by force with its children, 40 seconds after the stop', async (t) => {
  const zoo = new Zoo(t);
  let stoppedAt = 0;
  const came = await zoo.run(zoo.program('hn-12-deaf-to-stop.ts'), async (manager) => {
    const ours = () =>
      manager.running().find(({ session }) => session.partnership === 'vice')?.session.id ?? '';
    await until(async () => (await zoo.store.log.list({ session: ours() })).length > 0);
    assert.equal(manager.skip(ours(), 'a'), true);
    manager.stop(ours());
    stoppedAt = Date.now();
  });
  assert.equal(came.session.phase, 'stopped');
  assert.equal(codeOf(came), 'overdue');
  assert.deepEqual(statuses(came), { a: 'skipped', b: 'stopped' });
  await gone(pidsIn(came));
  assert.ok(Date.now() - stoppedAt >= 3_900, `${Date.now() - stoppedAt} ms`);
});

test('HN-13 an item completed in spite of its skip is recorded as that', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-13-skips-nothing.ts'), async (manager) => {
    const ours = () => manager.running().find(({ session }) => session.partnership === 'vice');
    await until(() => ours()?.items.some(({ status }) => status === 'updating') === true);
    manager.skip(ours()?.session.id ?? '', 'a');
  });
  assert.equal(came.session.phase, 'succeeded');
  const [first] = came.session.result?.items ?? [];
  assert.deepEqual(
    [first?.item, first?.status, first?.finishedBeforeSkip],
    ['a', 'succeeded', true],
  );
});

test('HN-14 one that crashes in the middle fails with what was in flight', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-14-crashes-in-the-middle.ts'));
  assert.equal(codeOf(came), 'handler-ended');
  assert.match(came.session.result?.error?.text ?? '', /SIGSEGV/);
  assert.deepEqual(statuses(came), { a: 'failed', b: 'succeeded' });
});

test('HN-14 one that crashes at every start is left alone after the fifth, until a person says otherwise', async (t) => {
  const zoo = new Zoo(t);
  const handler = zoo.program('hn-14-crashes.sh');
  const codes: (string | null)[] = [];
  for (let start = 0; start < 6; start++) codes.push(codeOf(await zoo.run(handler)));
  assert.deepEqual(codes, [
    ...Array.from({ length: 5 }, () => 'handler-ended'),
    'handler-disabled',
  ]);
  assert.ok(zoo.bed.ports.book.disabledSince('vice') !== null);
  zoo.bed.ports.book.forgive('vice');
  assert.equal(codeOf(await zoo.run(handler)), 'handler-ended');
});

test('CR-16 one that runs out of the memory it may use ends alone', async (t) => {
  const zoo = new Zoo(t);
  const limits = { memoryBytes: 256 * 2 ** 20 };
  const came = await zoo.run(zoo.program('cr-16-eats-memory.sh', [], { limits }));
  assert.equal(codeOf(came), 'handler-ended');
});

test('HN-15 children that it leaves behind end with it', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-15-leaves-children.ts'));
  assert.equal(came.session.phase, 'succeeded');
  await gone(pidsIn(came));
});

test('HN-18 it sees no variable that it was not given, and no secret of others', async (t) => {
  const zoo = new Zoo(t);
  process.env.OTHER_PASSWORD = 'hunter2';
  t.after(() => delete process.env.OTHER_PASSWORD);
  const came = await zoo.run(zoo.program('hn-18-looks-around.ts'));
  const all = texts(came);
  assert.ok(all.includes('["PATH"]'), all.join('\n'));
  assert.doesNotMatch(all.join('\n'), /hunter2/);
});

test('HN-19 one that reads no answers is given up before they fill the memory', async (t) => {
  const zoo = new Zoo(t);
  const before = process.memoryUsage().rss;
  const came = await zoo.run(zoo.program('hn-19-stops-reading.ts'));
  assert.equal(came.session.phase, 'failed');
  assert.equal(codeOf(came), 'handler-deaf');
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  assert.ok(grown < 256, `${grown} MiB`);
});

test('HN-20 a question with nobody there is answered at once, and a person is needed', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-20-asks.ts'));
  assert.ok(texts(came).includes('answer null'));
  assert.equal(came.session.phase, 'failed');
  assert.deepEqual(came.session.result?.error, {
    code: 'prepare-refused',
    text: 'Sign in first.',
    retry: 'needs-person',
  });
});

test('HN-21 of a conflict with one version nothing is chosen: its item fails, and it waits', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(zoo.program('hn-21-half-a-conflict.ts'));
  assert.equal(came.session.phase, 'partial');
  assert.deepEqual(statuses(came), { a: 'failed', b: 'succeeded' });
  const [conflict] = await zoo.store.conflicts.list({});
  assert.deepEqual([conflict?.subject, conflict?.state], ['list.txt', 'open']);
});

test('HN-22 an upgrade that renames its items deletes nothing, and the old ones keep their history', async (t) => {
  const zoo = new Zoo(t);
  const first = await zoo.run(zoo.program('hn-22-other-identities.ts', ['1']));
  const second = await zoo.run(zoo.program('hn-22-other-identities.ts', ['2']));
  assert.deepEqual(statuses(second), { 'v2-inbox': 'succeeded', 'v2-sent': 'succeeded' });
  const kept = await zoo.store.sessions.get(first.session.id);
  assert.deepEqual(
    kept?.result?.items.map(({ item }) => item),
    ['v1-inbox', 'v1-sent'],
  );
});
