// Short words for rows, so that a test of the planner shows what it is about and nothing else.
import type { BaseEntry, Content, Entry, Observation, Row } from '../../src/folder/core/entry.ts';
import type { Abilities, FolderPlan, ReconcileInput } from '../../src/folder/core/plan.ts';
import { reconcile } from '../../src/folder/core/reconcile.ts';

export const posix: Abilities = {
  caseSensitive: true,
  normalizationSensitive: true,
  timeStepMs: 0.001,
  modes: true,
  links: true,
  nameBytesMax: 255,
};

export const folding: Abilities = { ...posix, caseSensitive: false, normalizationSensitive: false };

export const absent: Observation = { state: 'absent' };
export const same: Observation = { state: 'same' };

export function unknown(path: string): Observation {
  return {
    state: 'unknown',
    problem: { path, side: 'left', code: 'folder-unreadable', text: 'No.' },
  };
}

interface FileWords {
  readonly inode?: number;
  readonly mode?: number;
  readonly size?: number;
  readonly timeMs?: number;
  readonly digest?: string | null;
}

/** A file whose size and time follow from its content, unless they are given. */
export function file(content: string, words: FileWords = {}): Entry {
  const timeMs = words.timeMs ?? 1000 * (content.codePointAt(0) ?? 1);
  return {
    kind: 'file',
    size: words.size ?? content.length,
    mtimeMs: timeMs,
    mode: words.mode ?? 0o644,
    digest: words.digest ?? null,
    signature: { mtimeMs: timeMs, ctimeMs: timeMs, inode: words.inode ?? 1 },
  };
}

export function folder(inode = 1, mode = 0o755): Entry {
  return { kind: 'folder', mode, signature: { mtimeMs: 1, ctimeMs: 1, inode } };
}

export function link(target: string, inode = 1): Entry {
  return { kind: 'link', target, signature: { mtimeMs: 1, ctimeMs: 1, inode } };
}

export function base(entry: Entry): BaseEntry {
  const { signature, ...content } = entry;
  return { content: content satisfies Content, left: signature, right: signature };
}

export function seen(entry: Entry): Observation {
  return { state: 'present', entry };
}

export function row(
  path: string,
  known: Entry | null,
  left: Observation | Entry,
  right: Observation | Entry,
): Row {
  return {
    path,
    base: known === null ? null : base(known),
    left: 'state' in left ? left : seen(left),
    right: 'state' in right ? right : seen(right),
  };
}

export function plan(rows: readonly Row[], more: Partial<ReconcileInput> = {}): FolderPlan {
  return reconcile(inputOf(rows, more));
}

export function inputOf(rows: readonly Row[], more: Partial<ReconcileInput> = {}): ReconcileInput {
  return {
    rows,
    mode: 'two-way-safe',
    conflictRule: 'ask',
    baselineTrusted: true,
    abilities: { left: posix, right: posix },
    ...more,
  };
}

/** `right create a`, `left move b from a`, `agree c`, `conflict d`: one line for each part. */
export function said({ transitions, agreements, conflicts, problems }: FolderPlan): string[] {
  return [
    ...transitions.map((each) => {
      const from = 'from' in each && each.from !== each.path ? ` from ${each.from}` : '';
      return `${each.side} ${each.kind} ${each.path}${from}`;
    }),
    ...agreements.map(({ path, base: now }) => `${now === null ? 'forget' : 'agree'} ${path}`),
    ...conflicts.map(({ path, kind }) => `conflict ${kind} ${path}`),
    ...problems.map(({ path, code }) => `problem ${code} ${path}`),
  ];
}
