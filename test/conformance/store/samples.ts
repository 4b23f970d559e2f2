// One of each noun, with what a test cares about replaced.
import type { Conflict } from '../../../src/model/conflict.ts';
import type { EventDraft, LogDraft } from '../../../src/model/event.ts';
import type { ItemPreference } from '../../../src/model/item.ts';
import type { Partnership } from '../../../src/model/partnership.ts';
import type { PlanChange, PlanSummary } from '../../../src/model/plan.ts';
import type { Request } from '../../../src/model/request.ts';
import type { Session, SessionResult } from '../../../src/model/session.ts';
import { plainTerms } from '../../../src/model/terms.ts';

export const event = (mark: string, change: Partial<EventDraft> = {}): EventDraft => ({
  type: 'partnership.changed',
  partnership: null,
  session: null,
  item: null,
  data: { mark },
  ...change,
});

export const partnership = (change: Partial<Partnership> = {}): Partnership => ({
  id: 'p1',
  name: 'documents',
  handler: 'folder',
  settings: { left: '/a', right: '/b', ignore: ['*.tmp'], limit: { share: 0.5, none: null } },
  enabled: true,
  triggers: ['connect', 'idle'],
  terms: plainTerms,
  resources: ['disk'],
  approve: 'guarded',
  createdAt: 1_000,
  adHoc: false,
  ...change,
});

export const preference = (change: Partial<ItemPreference> = {}): ItemPreference => ({
  partnership: 'p1',
  item: 'mail',
  trigger: 'connect',
  connection: null,
  checked: true,
  ...change,
});

export const request = (change: Partial<Request> = {}): Request => ({
  id: 'r1',
  trigger: 'invoke',
  interactive: true,
  connection: null,
  partnerships: ['p1'],
  items: null,
  startNow: true,
  minimized: false,
  cookie: null,
  key: null,
  planOnly: false,
  approvedPlan: null,
  state: 'waiting',
  createdAt: 1_000,
  endedAt: null,
  mergedInto: null,
  ...change,
});

export const session = (change: Partial<Session> = {}): Session => ({
  id: 's1',
  request: 'r1',
  partnership: 'p1',
  trigger: 'invoke',
  phase: 'opening',
  plan: null,
  startedAt: 1_000,
  endedAt: null,
  result: null,
  ...change,
});

export const result: SessionResult = {
  ending: 'partial',
  items: [
    {
      item: 'mail',
      name: 'Mail \u0000 of 日本',
      status: 'failed',
      error: { code: 'handler-failed', text: 'no', retry: 'temporary' },
      finishedBeforeSkip: false,
    },
  ],
  counts: { 'right.create': 3 },
  bytes: 5_000_000_000_000,
  problems: 1,
  conflicts: 0,
  error: null,
};

export const plan = (change: Partial<PlanSummary> = {}): PlanSummary => ({
  hash: 'a'.repeat(64),
  session: 's1',
  partnership: 'p1',
  createdAt: 1_000,
  state: 'open',
  counts: { 'right.delete': 2 },
  bytes: 12,
  halts: [
    {
      guard: 'mass-delete',
      side: 'right',
      text: 'Too many would go.',
      approvable: true,
      item: 'mail',
    },
  ],
  ...change,
});

export const change = (path: string): PlanChange => ({
  item: 'mail',
  side: 'right',
  kind: 'create',
  path,
  bytes: 3,
  detail: { expect: null, size: 3 },
});

export const line = (change: Partial<LogDraft> = {}): LogDraft => ({
  session: 's1',
  partnership: 'p1',
  item: 'mail',
  level: 'warning',
  text: 'The file was busy.',
  errorId: 'e1',
  jump: true,
  subject: 'inbox/ÄRGER.txt',
  code: null,
  ...change,
});

export const conflict = (change: Partial<Conflict> = {}): Conflict => ({
  id: 'c1',
  partnership: 'p1',
  item: 'mail',
  session: 's1',
  subject: 'notes.txt',
  kind: 'edit-edit',
  versions: [
    {
      side: 'left',
      present: true,
      kind: 'file',
      size: 3,
      modifiedAt: 1_000.25,
      digest: 'abc',
      location: '/a/notes.txt',
    },
  ],
  state: 'open',
  openedAt: 1_000,
  resolvedAt: null,
  resolution: null,
  undo: null,
  version: 1,
  ...change,
});
