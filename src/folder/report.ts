// What a session tells the person: problems, conflicts, remarks, and the counts at the end.
import type { ConflictVersion, Settled } from '../model/conflict.ts';
import { type ErrorRecord, errorRecord, syncError } from '../model/error.ts';
import type { Counts } from '../model/session.ts';
import type { Context } from '../sdk/context.ts';
import type { PlanAtHand } from './core/draft-plan.ts';
import { type Entry, type Problem, type Side, sides } from './core/entry.ts';
import type { Failed } from './core/outcome.ts';
import type { Outcomes } from './core/outcomes.ts';
import {
  bytesOf,
  type Move,
  type PathConflict,
  type Remark,
  type Resolved,
  type Transition,
} from './core/plan.ts';
import { settledConflicts } from './core/settled.ts';
import type { Transitions } from './core/transitions.ts';
import type { Trust } from './core/trust.ts';
import type { RefusalCode } from './refusal.ts';
import type { FolderSettings } from './settings.ts';
import type { Scope, Survey } from './survey.ts';

export interface Reporting {
  readonly context: Pick<Context<unknown>, 'log' | 'conflict' | 'conflictsSeen'>;
  readonly item: string;
  readonly settings: FolderSettings;
}

export function reportPlan(reporting: Reporting, plan: PlanAtHand, scope: Scope): void {
  const { context, item } = reporting;
  for (const problem of plan.problems) reportProblem(reporting, problem);
  for (const remark of plan.remarks) reportRemark(reporting, remark);
  for (const resolved of plan.resolved ?? []) reportRemark(reporting, remarkOn(resolved));
  for (const conflict of plan.conflicts) reportConflict(reporting, conflict);
  // Where something could not be seen, a conflict may still be behind it.
  if (scope === 'all' && plan.problems.length === 0) context.conflictsSeen(item);
}

function reportProblem({ context, item }: Reporting, problem: Problem): void {
  const { path, code } = problem;
  const text = withRoom(problem.text, path);
  context.log('error', text, { item, errorId: code, subject: path, code });
}

const pathShownMax = 240;

/** The subject has the path in full; in the sentence a long one would leave no room for the reason. */
function withRoom(text: string, path: string): string {
  if (path.length <= pathShownMax) return text;
  const half = pathShownMax / 2;
  const short = `${path.slice(0, half)}…${path.slice(-half)}`.toWellFormed();
  return text.replace(path, () => short);
}

function reportRemark({ context, item }: Reporting, { path, text }: Remark): void {
  context.log('information', text, { item, subject: path });
}

/** What a rule decides needs no person, but they may want to know where the other version is. */
function remarkOn({ conflict: { path }, kept, copy }: Resolved): Remark {
  const text =
    kept === 'both'
      ? `Both sides changed it: both are kept, one as ${copy}.`
      : `Both sides changed it: the ${kept} one is kept, the other goes to the trash.`;
  return { path, text };
}

const wordsForTrust: Partial<Record<Trust, string>> = {
  'lost-baseline':
    'What is remembered of these folders is missing or damaged: both are united, nothing is deleted.',
  'older-baseline':
    'What is remembered of these folders is older than they are: both are united, nothing is deleted.',
};

/** Why a session that should have known better deletes nothing (DB-01, DB-04). */
export function reportTrust({ context, item }: Reporting, trust: Trust): void {
  const text = wordsForTrust[trust];
  if (text !== undefined) context.log('warning', text, { item });
}

/** Two programs over one folder take back what the other did (CC-03). */
export function reportOthers({ context, item }: Reporting, { roots }: Pick<Survey, 'roots'>): void {
  const tools = new Map(
    sides.flatMap((side) => (roots?.[side].others ?? []).map((tool) => [tool, roots?.[side].path])),
  );
  for (const [tool, path] of tools) {
    const text = `${tool} seems to be at work in ${path} too. Let only one program synchronize a folder with others.`;
    context.log('warning', text, { item });
  }
}

/** Said once: from then on the root is known by device and inode. */
export function reportUnmarked(
  { context, item, settings }: Reporting,
  unmarked: readonly Side[],
): void {
  for (const side of unmarked) {
    const text = `No marker can be written into ${settings[side]}: it is known by its disk and its place there.`;
    context.log('information', text, { item });
  }
}

/** What rules decided and this session carried out stands in the inbox too, with the way back. */
export function reportSettled(
  reporting: Reporting,
  { resolved = [] }: PlanAtHand,
  transitions: Transitions,
  outcomes: Outcomes,
): void {
  const { item } = reporting;
  for (const each of settledConflicts(item, resolved, transitions, outcomes)) {
    reportConflict(reporting, each.resolved.conflict, each.settled);
  }
}

function reportConflict(
  { context, item, settings }: Reporting,
  conflict: PathConflict,
  settled?: Settled,
): void {
  const versions = sides.map((side) => {
    const path = conflict.places?.[side] ?? conflict.path;
    return versionOf(side, conflict[side], `${settings[side]}/${path}`);
  });
  const draft = { item, subject: conflict.path, kind: conflict.kind, versions };
  context.conflict(settled === undefined ? draft : { ...draft, settled });
}

function versionOf(side: Side, entry: Entry | null, location: string): ConflictVersion {
  const file = entry?.kind === 'file' ? entry : null;
  return {
    side,
    present: entry !== null,
    kind: entry === null ? 'absent' : entry.kind === 'folder' ? 'directory' : entry.kind,
    size: file?.size ?? null,
    modifiedAt: file?.mtimeMs ?? null,
    digest: file?.digest ?? null,
    location: entry === null ? null : location,
  };
}

export function reportFailure(
  reporting: Reporting,
  transition: Transition,
  { code, reason }: Failed,
): void {
  const { side, path } = transition;
  const bytes = bytesOf(transition);
  const { message } = syncError(code as RefusalCode, { path, side, bytes, reason });
  reportProblem(reporting, { path, side, code, text: message });
}

/** Where it is meanwhile, for it is not in sight. */
export function reportAstray(
  reporting: Reporting,
  { side, path, from }: Pick<Move, 'side' | 'path' | 'from'>,
): void {
  const place = `${reporting.settings[side]}/${path}`;
  const { code, message } = syncError('folder-astray', { path: from, place });
  reportProblem(reporting, { path: from, side, code, text: message });
}

/** Why a whole side was left alone, if one was (FS-10). */
export function causeOfLeaving(transitions: Transitions, outcomes: Outcomes): ErrorRecord | null {
  for (const [at, outcome] of outcomes.entries()) {
    if (outcome.state !== 'failed' || outcome.code !== 'folder-read-only') continue;
    return errorRecord(syncError('folder-read-only', { side: transitions.sideAt(at) }));
  }
  return null;
}

export interface Totals {
  readonly counts: Counts;
  readonly bytes: number;
  readonly failed: number;
  readonly left: number;
}

export function totalsOf(transitions: Transitions, outcomes: Outcomes): Totals {
  const counts: Record<string, number> = {};
  const totals = { bytes: 0, failed: 0, left: 0 };
  outcomes.forEach((outcome, at) => {
    if (outcome.state === 'failed') totals.failed += 1;
    else if (outcome.state === 'left') totals.left += 1;
    else if (outcome.state === 'done') {
      const key = `${transitions.sideAt(at)}.${transitions.kindAt(at)}`;
      counts[key] = (counts[key] ?? 0) + 1;
      totals.bytes += outcome.bytes;
    }
  });
  return { counts, ...totals };
}
