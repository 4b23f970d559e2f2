// What every client holds, wherever its manager is: the same answers in the same shapes, the same
// errors, and no notice lost. Each implementation is one call.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { z } from 'zod';
import type { Client } from '../../src/api/client.ts';
import type { PlanFolderQuery } from '../../src/api/inbox-shapes.ts';
import * as inbox from '../../src/api/schemas/inbox.ts';
import * as installation from '../../src/api/schemas/installation.ts';
import * as partnerships from '../../src/api/schemas/partnerships.ts';
import * as requests from '../../src/api/schemas/requests.ts';
import type { Notice } from '../../src/api/shapes.ts';
import { SyncError } from '../../src/model/error.ts';

/** A client, and two empty folders it can reach. */
export interface ClientBed {
  readonly client: Client;
  readonly left: string;
  readonly right: string;
}

const fits = (schema: z.ZodType, value: unknown) => {
  // As it would be after a way over the wire.
  const { success, error } = schema.safeParse(JSON.parse(JSON.stringify(value)));
  assert.ok(success, `${error}: ${JSON.stringify(value).slice(0, 500)}`);
};

async function failsWith(code: string, work: Promise<unknown>): Promise<void> {
  await assert.rejects(work, (thrown) => {
    assert.ok(thrown instanceof SyncError, String(thrown));
    assert.equal(thrown.code, code);
    assert.ok(thrown.message.length > 10);
    return true;
  });
}

async function added({ client, left, right }: ClientBed, name = 'docs'): Promise<void> {
  fits(
    partnerships.addedPartnership,
    await client.add({ name, handler: 'folder', settings: {}, pair: { left, right } }),
  );
}

const now = { trigger: 'manual', startNow: true } as const;

export function clientSuite(
  kind: string,
  open: (context: TestContext) => Promise<ClientBed>,
): void {
  describe(`${kind} as a client`, () => {
    test(`${kind} keeps partnerships, lists them and their items, and forgets them`, async (t) => {
      const bed = await open(t);
      const { client } = bed;
      assert.deepEqual(await client.partnerships(), []);
      await added(bed);
      fits(z.array(partnerships.partnership), await client.partnerships());
      const items = await client.items();
      fits(z.array(partnerships.item), items);
      assert.equal(items[0]?.partnership.name, 'docs');
      fits(z.array(partnerships.handler), await client.handlers());
      await client.setEnabled('docs', false);
      assert.equal((await client.partnerships())[0]?.enabled, false);
      await client.remove('docs');
      assert.deepEqual(await client.partnerships(), []);
    });

    test(`${kind} fails with the codes of the catalogue`, async (t) => {
      const bed = await open(t);
      const { client } = bed;
      await added(bed);
      await failsWith('partnership-exists', added(bed));
      await failsWith('partnership-unknown', client.invoke({ ...now, partnerships: ['none'] }));
      await failsWith('partnership-unknown', client.remove('none'));
      await failsWith('partnership-unknown', client.skip('none'));
      await failsWith('conflict-unknown', client.conflict('none'));
      await failsWith('plan-unknown', client.plan('0123456789', 10));
      await failsWith('not-found', client.whenEnded('none'));
      await failsWith('usage', client.plan('zz', 10));
    });

    test(`${kind} runs a request to its end, and shows session, plan, log and items after it`, async (t) => {
      const bed = await open(t);
      const { client } = bed;
      writeFileSync(join(bed.left, 'a.txt'), 'x');
      await added(bed);
      const dry = await client.invoke({ ...now, partnerships: ['docs'], planOnly: true });
      fits(requests.request, dry);
      const [planned] = await client.whenEnded(dry.id);
      fits(requests.session, planned);
      fits(inbox.planPage, await client.plan(planned?.plan ?? '', 10));
      fits(z.array(inbox.plan), await client.plans(['open']));
      const { id } = await client.invoke({ ...now, partnerships: ['docs'] });
      const [session] = await client.whenEnded(id);
      assert.equal(session?.result?.ending, 'succeeded');
      assert.deepEqual(session?.result?.counts, { 'right.create': 1 });
      fits(z.array(requests.session), await client.sessions({ partnership: 'docs' }));
      fits(z.array(inbox.logLine), await client.log({ levels: ['error', 'warning'], limit: 5 }));
      fits(z.array(requests.running), await client.running());
      assert.equal(await client.stop(null), 0);
      assert.equal(await client.pauseRunning(null), 0);
      assert.equal(await client.resumeRunning('docs'), 0);
      await failsWith('partnership-unknown', client.pauseRunning('none'));
      await failsWith('not-found', client.openLogEntry(1_000_000));
      const [item] = await client.items('docs');
      fits(partnerships.item, item);
      assert.equal(item?.durationsMs.length, 1);
      assert.equal(await client.question(), null);
      assert.deepEqual(await client.choices(id), []);
    });

    test(`${kind} gives a plan folder by folder, filtered, and a stretch at a time`, async (t) => {
      const bed = await open(t);
      const { client } = bed;
      mkdirSync(join(bed.left, 'deep'));
      for (const name of ['a', 'b', 'c']) writeFileSync(join(bed.left, 'deep', name), 'x');
      await added(bed);
      const { id } = await client.invoke({ ...now, partnerships: ['docs'], planOnly: true });
      const hash = (await client.whenEnded(id))[0]?.plan ?? assert.fail();
      assert.deepEqual((await client.plan(hash, 0)).changes, []);
      assert.equal((await client.plan(hash, 0)).total, 4);
      const top = await client.planFolder(hash, { folder: '' });
      fits(inbox.planFolder, top);
      assert.deepEqual([top.count, top.bytes, top.total], [4, 3, 2]);
      const names = async (query: PlanFolderQuery) =>
        (await client.planFolder(hash, query)).entries.map((entry) =>
          entry.type === 'folder' ? `${entry.name}/` : entry.change.path,
        );
      assert.deepEqual(await names({ folder: '' }), ['deep/', 'deep']);
      assert.deepEqual(await names({ folder: 'deep', from: 1, limit: 1 }), ['deep/b']);
      assert.deepEqual(await names({ folder: 'deep', search: 'C', kinds: ['right.create'] }), [
        'deep/c',
      ]);
      assert.deepEqual(await names({ folder: '', kinds: ['left.delete'] }), []);
      assert.deepEqual(await names({ folder: 'elsewhere' }), []);
      await failsWith('plan-unknown', client.planFolder('0123456789', { folder: '' }));
    });

    test(`${kind} shows images of a conflict and nothing that only says it is one, and takes a merged text`, async (t) => {
      const bed = await open(t);
      const { client } = bed;
      await added(bed);
      const picture = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3];
      const run = async () =>
        client.whenEnded((await client.invoke({ ...now, partnerships: ['docs'] })).id);
      writeFileSync(join(bed.left, 'a.png'), Uint8Array.from(picture));
      writeFileSync(join(bed.right, 'a.png'), '<svg onload="alert(1)"/>');
      writeFileSync(join(bed.left, 'b.txt'), 'left');
      writeFileSync(join(bed.right, 'b.txt'), 'right side');
      await run();
      const conflicts = await client.conflicts({ open: true });
      const [image, text] = ['a.png', 'b.txt'].map(
        (subject) => conflicts.find((one) => one.subject === subject) ?? assert.fail(subject),
      );
      const { type, bytes } = await client.conflictImage(image?.id ?? '', 'left');
      assert.deepEqual([type, [...bytes]], ['image/png', picture]);
      await failsWith('not-found', client.conflictImage(image?.id ?? '', 'right'));
      await failsWith('not-found', client.conflictImage(image?.id ?? '', 'elsewhere'));
      const { id = '', version } = text ?? {};
      await assert.rejects(client.merge(id, 'stale', (version ?? 0) + 1));
      const merged = await client.merge(id, 'of\nboth ✓', version);
      fits(inbox.conflict, merged);
      assert.equal(merged.resolution?.choice, 'merged');
      for (const side of [bed.left, bed.right]) {
        assert.equal(readFileSync(join(side, 'b.txt'), 'utf8'), 'of\nboth ✓');
      }
      await client.undo(id);
      assert.equal(readFileSync(join(bed.left, 'b.txt'), 'utf8'), 'left');
      assert.equal(readFileSync(join(bed.right, 'b.txt'), 'utf8'), 'right side');
    });

    test(`${kind} knows a second request with the same key as the first`, async (t) => {
      const bed = await open(t);
      await added(bed);
      const wish = { ...now, trigger: 'invoke', partnerships: ['docs'], key: 'once' } as const;
      const first = await bed.client.invoke(wish);
      await bed.client.whenEnded(first.id);
      assert.equal((await bed.client.invoke(wish)).id, first.id);
    });

    test(`${kind} misses no notice of a request that is made after watching began`, async (t) => {
      const bed = await open(t);
      await added(bed);
      const over = new AbortController();
      const notices = bed.client.watch(null, over.signal);
      const { id } = await bed.client.invoke({ ...now, partnerships: ['docs'] });
      const seen: Notice[] = [];
      for await (const notice of notices) {
        fits(inbox.notice, notice);
        seen.push(notice);
        if (notice.type !== 'event') continue;
        const { type, data } = notice.event;
        if (type === 'request.ended' && data.request === id) over.abort();
      }
      const types = seen.flatMap((one) => (one.type === 'event' ? [one.event.type] : []));
      assert.ok(types.includes('request.queued'), types.join());
      assert.ok(types.includes('session.ended'), types.join());
      const sequences = seen.flatMap((one) => (one.type === 'event' ? [one.event.sequence] : []));
      assert.deepEqual(
        sequences,
        sequences.toSorted((a, b) => a - b),
      );
      assert.equal(new Set(sequences).size, sequences.length);
    });

    test(`${kind} tells every event after a number, each once and in order`, async (t) => {
      const bed = await open(t);
      await added(bed);
      const { id } = await bed.client.invoke({ ...now, partnerships: ['docs'] });
      await bed.client.whenEnded(id);
      const all = await eventsSince(bed.client, 0, id);
      const middle = all[Math.floor(all.length / 2)] ?? assert.fail();
      const rest = await eventsSince(bed.client, middle, id);
      assert.deepEqual(
        rest,
        all.filter((sequence) => sequence > middle),
      );
    });

    test(`${kind} settles a conflict, refuses a stale decision, and takes it back`, async (t) => {
      const bed = await open(t);
      const { client } = bed;
      await added(bed);
      writeFileSync(join(bed.left, 'a.txt'), 'left');
      writeFileSync(join(bed.right, 'a.txt'), 'right side');
      await client.whenEnded((await client.invoke({ ...now, partnerships: ['docs'] })).id);
      const [conflict] = await client.conflicts({ open: true });
      fits(inbox.conflict, conflict);
      const { id, version } = conflict ?? assert.fail();
      fits(inbox.conflictTexts, await client.conflictTexts(id));
      const settled = await client.resolve(id, { choice: 'keep', side: 'left' }, version);
      fits(inbox.conflict, settled);
      assert.equal(settled.state, 'resolved');
      fits(inbox.waiting, await client.waiting());
      assert.deepEqual(await client.waiting(), { plans: 0, conflicts: 0 });
      await assert.rejects(client.resolve(id, { choice: 'keep', side: 'right' }, version));
      fits(inbox.conflict, await client.undo(id));
      assert.equal((await client.conflicts({ open: true })).length, 1);
      assert.deepEqual(await client.waiting(), { plans: 0, conflicts: 1 });
    });

    test(`${kind} makes the partnership of two folders, and says that one was missing`, async (t) => {
      const { client, left, right } = await open(t);
      const wish = { left, right: `${right}-new`, merge: false, lookOnly: false };
      const pair = await client.pair(wish);
      fits(partnerships.pairedPartnership, pair);
      assert.equal(pair.rightWasMissing, true);
      assert.equal((await client.pair(wish)).id, pair.id);
      await failsWith('usage', client.pair({ ...wish, right: `${left}/inside` }));
    });

    test(`${kind} says what holds a partnership back, pauses, resumes and retries it`, async (t) => {
      const bed = await open(t);
      const { client } = bed;
      await added(bed);
      const kinds = async () => (await client.why('docs')).holds.map((hold) => hold.kind);
      fits(requests.why, await client.why('docs'));
      assert.deepEqual(await kinds(), []);
      const until = new Date(Date.now() + 3_600_000).toISOString();
      await client.pause('docs', until);
      assert.deepEqual(await kinds(), ['paused']);
      assert.equal((await client.why('docs')).holds[0]?.until, until);
      fits(partnerships.item, (await client.items())[0]);
      assert.deepEqual((await client.items())[0]?.paused, { until });
      assert.equal(await client.paused(), null);
      await client.pause(null, null);
      assert.deepEqual(await client.paused(), { until: null });
      assert.deepEqual((await kinds()).toSorted(), ['all-paused', 'paused']);
      await client.resume(null);
      await client.resume('docs');
      assert.deepEqual(await kinds(), []);
      const [session] = await client.whenEnded((await client.retry('docs')).id);
      assert.equal(session?.result?.ending, 'succeeded');
      const fresh = await client.freshness();
      fits(z.array(requests.freshness), fresh);
      assert.ok(fresh[0]?.lastSuccessAt !== null);
      await failsWith('partnership-unknown', client.why('none'));
      await failsWith('usage', client.pause('docs', '2001-01-01T00:00:00.000Z'));
    });

    test(`${kind} knows itself, its configuration and its health`, async (t) => {
      const { client, left } = await open(t);
      fits(installation.about, await client.about());
      fits(installation.configurationReport, await client.catchUp());
      fits(installation.configurationReport, await client.checkConfiguration());
      assert.ok('main' in (await client.configurationSchema()));
      fits(z.array(installation.finding), await client.doctor());
      fits(installation.ignoreVerdict, await client.testIgnore('a.o', left, ['*.o']));
    });
  });
}

async function eventsSince(
  client: Client,
  since: number,
  request: string,
): Promise<readonly number[]> {
  const over = new AbortController();
  const sequences: number[] = [];
  for await (const notice of client.watch(since, over.signal)) {
    if (notice.type !== 'event') continue;
    const { sequence, type, data } = notice.event;
    if (!over.signal.aborted && isOfRun(type)) sequences.push(sequence);
    if (type === 'request.ended' && data.request === request) over.abort();
  }
  return sequences;
}

/** A manager that goes on by itself has events of its own in between. */
const isOfRun = (type: string) => /^(request|session|item|plan)\./.test(type);
