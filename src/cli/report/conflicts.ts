// Conflicts for a person: the list, and one with both versions side by side.
import type { ConflictShape, ConflictTexts } from '../../api/shapes.ts';
import type { ConflictVersion, Resolution } from '../../model/conflict.ts';
import { printable } from '../../stdx/printable.ts';
import { formatSize } from '../../stdx/quantity.ts';
import type { Terminal } from '../terminal.ts';
import { ago, moment } from './ago.ts';
import { lineDifference } from './core/difference.ts';
import { table } from './core/text.ts';

const kindWords: Readonly<Record<string, string>> = {
  'edit-edit': 'changed on both sides',
  type: 'a file here, a folder or link there',
  place: 'moved to different places',
  name: 'names that one side cannot tell apart',
};

export function conflictLines(
  conflicts: readonly ConflictShape[],
  terminal: Terminal,
): readonly string[] {
  const rows = conflicts.map((conflict) => [
    shortId(conflict, conflicts),
    printable(`${conflict.partnership.name}: ${conflict.subject}`),
    kindWords[conflict.kind] ?? printable(conflict.kind),
    conflict.state === 'open' ? ago(conflict.openedAt, terminal.now()) : stateText(conflict),
  ]);
  const first = conflicts.find(({ state }) => state === 'open');
  const id = first === undefined ? '' : shortId(first, conflicts);
  return [
    ...table(rows),
    ...(first === undefined
      ? []
      : [
          '',
          `Look at one:     ${terminal.paint('cyan', `syncmgr conflicts show ${id}`)}`,
          settling(first, id, terminal),
        ]),
  ];
}

/** The shortest end of the id that tells it from the others: time-sorted ids begin alike. */
function shortId({ id }: ConflictShape, all: readonly ConflictShape[]): string {
  for (let length = 4; length < id.length; length += 1) {
    const end = id.slice(-length);
    if (all.filter((other) => other.id.endsWith(end)).length === 1) return end;
  }
  return id;
}

export function conflictView(
  conflict: ConflictShape,
  texts: ConflictTexts,
  terminal: Terminal,
): readonly string[] {
  const { subject, partnership, kind, versions } = conflict;
  return [
    `${terminal.paint('bold', printable(subject))}  (${printable(partnership.name)}, ${kindWords[kind] ?? kind})`,
    ...table(versions.map(versionRow)).map((line) => `  ${line}`),
    ...differenceLines(texts, terminal),
    '',
    conflict.state === 'open'
      ? `Settle it: syncmgr conflicts resolve ${shortId(conflict, [conflict])} --keep ${choices(conflict).join('|')}`
      : stateText(conflict),
  ];
}

/** The sides by the names that the handler gave them, then what can be said of any two. */
const choices = ({ versions }: ConflictShape): readonly string[] => [
  ...new Set(versions.map(({ side }) => printable(side))),
  ...['both', 'newest', 'largest'],
];

function settling(conflict: ConflictShape, id: string, terminal: Terminal): string {
  const [one = 'left', ...others] = choices(conflict);
  const command = terminal.paint('cyan', `syncmgr conflicts resolve ${id} --keep ${one}`);
  return `Settle it:       ${command}  (or ${others.join(', ')})`;
}

function versionRow(version: ConflictVersion): readonly string[] {
  if (!version.present) return [version.side, 'deleted', '', '', ''];
  return [
    version.side,
    version.kind,
    version.size === null ? '' : formatSize(version.size),
    version.modifiedAt === null ? '' : moment(new Date(version.modifiedAt).toISOString()),
    version.location === null ? '' : printable(version.location),
  ];
}

const shownLines = 60;

function differenceLines({ sides }: ConflictTexts, terminal: Terminal): readonly string[] {
  const [one, other] = sides;
  if (one?.text == null || other?.text == null) return [];
  const lines = lineDifference(one.text, other.text);
  if (lines === null) return [];
  const styles = { '-': 'red', '+': 'green', ' ': 'dim' } as const;
  const shown = lines.slice(0, shownLines).map(({ sign, text }) => {
    return `  ${terminal.paint(styles[sign], `${sign} ${printable(text)}`)}`;
  });
  const more = lines.length - shown.length;
  return [
    '',
    `  ${terminal.paint('red', `- only ${one.side}`)}   ${terminal.paint('green', `+ only ${other.side}`)}`,
    ...shown,
    ...(more > 0 ? [terminal.paint('dim', `  … and ${more} more lines`)] : []),
  ];
}

function stateText({ state, resolution, resolvedAt, undoable }: ConflictShape): string {
  if (state === 'gone') return 'gone: both sides agree again';
  const when = resolvedAt === null ? '' : `, ${moment(resolvedAt)}`;
  const undo = undoable ? ', can be taken back' : '';
  return `settled: ${resolution === null ? '' : choiceText(resolution)}${when}${undo}`;
}

function choiceText(resolution: Resolution): string {
  if (resolution.choice === 'keep') return `kept ${resolution.side}`;
  const texts = { 'keep-both': 'kept both', 'keep-newest': 'kept the newest' };
  const more = { 'keep-largest': 'kept the largest', merged: 'merged' };
  return { ...texts, ...more }[resolution.choice];
}
