// A store with as much in it as years of use leave, put there through its port before the manager starts.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Conflict } from '../../src/model/conflict.ts';
import type { Partnership } from '../../src/model/partnership.ts';
import type { PlanChange } from '../../src/model/plan.ts';
import { plainTerms } from '../../src/model/terms.ts';
import { trueClock } from '../../src/platform/clock.ts';
import type { Store } from '../../src/ports/store.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { handler } from '../fixtures/many-handler.ts';

export interface Amounts {
  readonly partnerships: number;
  readonly itemsEach: number;
  readonly lines: number;
  readonly changes: number;
  /** That wait for a decision; absent: none. */
  readonly conflicts?: number;
}

/** The hash of the plan that waits. */
export async function furnish(folder: string, amounts: Amounts): Promise<string> {
  const { store } = openSqliteStore({ folder: join(folder, 'state', 'syncmgr'), clock: trueClock });
  await partnerships(store, amounts);
  await lines(store, amounts.lines);
  const hash = await plan(store, amounts.changes);
  await conflicts(store, amounts.conflicts ?? 0);
  await store.close();
  return hash;
}

const session = 'session-of-the-furniture';

function partnershipOf(at: number, itemsEach: number): Partnership {
  return {
    id: `partnership-${at}`,
    name: `Partnership ${String(at).padStart(5, '0')}`,
    handler: handler.name,
    settings: { items: itemsEach },
    enabled: true,
    triggers: [],
    terms: plainTerms,
    resources: [],
    approve: 'guarded',
    createdAt: 1_767_225_600_000 + at,
    // Those of files would be gone with the next look at the files.
    adHoc: true,
  };
}

async function partnerships(store: Store, { partnerships: count, itemsEach }: Amounts) {
  await Promise.all(
    Array.from({ length: count }, (_, at) =>
      store.partnerships.put(partnershipOf(at, itemsEach), []),
    ),
  );
}

async function lines(store: Store, count: number): Promise<void> {
  const levels = ['error', 'warning', 'information'] as const;
  const drafts = Array.from({ length: count }, (_, at) => ({
    session,
    partnership: `partnership-${at % 10}`,
    item: 'item-0',
    level: levels[at % 3] ?? 'error',
    text: `Line ${at}: folder/${at % 700}/file-${at}.txt could not be read.`,
    errorId: null,
    jump: false,
    subject: `folder/${at % 700}/file-${at}.txt`,
    code: 'folder-unreadable',
  }));
  await store.log.add(drafts).durable;
}

async function conflicts(store: Store, count: number): Promise<void> {
  const all = Array.from({ length: count }, (_, at): Conflict => {
    const version = { present: true, kind: 'file', digest: null, location: null };
    return {
      id: `conflict-${String(at).padStart(6, '0')}`,
      partnership: `partnership-${at % 10}`,
      item: 'item-0',
      session,
      subject: `folder/${at % 700}/letter-${at}.txt`,
      kind: 'edit-edit',
      versions: [
        { ...version, side: 'left', size: at, modifiedAt: 1_767_225_600_000 + at },
        { ...version, side: 'right', size: at + 1, modifiedAt: 1_767_225_700_000 + at },
      ],
      state: 'open',
      openedAt: 1_767_225_800_000 + at,
      resolvedAt: null,
      resolution: null,
      undo: null,
      version: 1,
    };
  });
  await Promise.all(all.map((conflict) => store.conflicts.put(conflict, [])));
}

async function plan(store: Store, count: number): Promise<string> {
  const hash = createHash('sha256').update(`plan of ${count}`).digest('hex');
  const changes = Array.from(
    { length: count },
    (_, at): PlanChange => ({
      item: 'item-0',
      side: 'right',
      kind: at % 5 === 0 ? 'delete' : 'create',
      // One folder has most of it: what is flat is harder to show than what is deep.
      path: at % 4 === 0 ? `d${at % 40}/s${at % 7}/f${at}` : `flat/f${at}`,
      bytes: at % 5 === 0 ? 0 : 1_000 + at,
    }),
  );
  const deletions = Math.ceil(count / 5);
  const summary = {
    hash,
    session,
    partnership: 'partnership-0',
    createdAt: 1_767_225_600_000,
    state: 'open',
    counts: { 'right.create': count - deletions, 'right.delete': deletions },
    bytes: changes.reduce((sum, { bytes }) => sum + bytes, 0),
    halts: [
      {
        item: 'item-0',
        guard: 'mass-delete',
        side: 'right',
        text: `${deletions} of ${count} entries would be deleted on the right.`,
        approvable: true,
      },
    ],
  } as const;
  await store.plans.put(summary, changes, []);
  return hash;
}
