// Bugs that the drawn histories of planner, engine and sessions show.
import type { Patch } from './patch.ts';

export const otherBugs: readonly Patch[] = [
  {
    name: 'what is replaced is not kept in the trash',
    world: 'engine',
    seeds: 600,
    breaks: ['I1', 'I10'],
    file: 'src/folder/trash.ts',
    take: '  if (unchanged(left, { ...expected, signature: found }, true)) return place.path;',
    put: `  if (unchanged(left, { ...expected, signature: found }, true)) {
    if (expected.kind === 'file') place.folder.unlink(place.name);
    return place.path;
  }`,
  },
  {
    name: 'what has the same number and size is taken for the same file',
    world: 'engine',
    seeds: 600,
    breaks: [],
    file: 'src/folder/scan-known.ts',
    take: `      found.mtimeMs === mtime[entry] &&
      found.ctimeMs === ctime[entry] &&
      found.inode`,
    put: `      (mtime[entry] ?? 0) >= 0 &&
      (ctime[entry] ?? 0) >= 0 &&
      found.inode`,
  },
  {
    name: 'a name that the disk takes for another is written all the same',
    world: 'engine',
    seeds: 600,
    breaks: [],
    file: 'src/folder/core/obstacle.ts',
    take: 'if (!this.#folds) return false;\n    const own',
    put: 'if (this.#owners.size >= 0) return false;\n    const own',
  },
  {
    name: 'content is not on disk when a name leads to it',
    world: 'crashes',
    seeds: 12,
    breaks: ['I1', 'I2', 'I6'],
    file: 'src/folder/stage.ts',
    take: '  if (lane.syncing) temporary.sync();\n',
    put: '',
  },
  {
    name: 'what failed is agreed on',
    world: 'engine',
    seeds: 400,
    breaks: [],
    file: 'src/folder/core/settle.ts',
    take: `      failed.add(transition.path);
      if (transition.kind`,
    put: `      if (transition.kind === 'delete') changes.set(transition.path, null);
      else if (transition.kind === 'update') {
        const now = transition.expected.signature;
        const there = transition.source.signature;
        const both = transition.side === 'left' ? [now, there] : [there, now];
        const [left = now, right = there] = both;
        changes.set(transition.path, { content: transition.content, left, right });
      }
      if (transition.kind`,
  },
  {
    name: 'guards never fire',
    world: 'planner',
    seeds: 300,
    breaks: ['I17'],
    file: 'src/session/core/guard.ts',
    take: 'return count > limits.count && count > limits.share * known;',
    put: 'return count > limits.count && count > limits.share * known && count < 0;',
  },
  {
    name: 'without a baseline what is on one side only is deleted',
    world: 'planner',
    seeds: 600,
    breaks: ['I21', 'I22', 'I4', 'I10'],
    file: 'src/folder/core/reconcile.ts',
    take: 'const rows = input.baselineTrusted ? input.rows : changed(input.rows, distrusted);',
    put: 'const rows = input.rows;',
  },
  {
    name: 'times of two disks are compared with each other',
    world: 'planner',
    seeds: 300,
    breaks: ['I11', 'I23', 'I9', 'I10', 'I7', 'I24'],
    file: 'src/folder/core/change.ts',
    take: '  const timeChanged = !within(now.mtimeMs, base[side].mtimeMs, abilities.timeStepMs);',
    put: '  const timeChanged = !within(now.mtimeMs, base[otherSide[side]].mtimeMs, abilities.timeStepMs);',
  },
  {
    name: 'of two versions that are both to be kept one is dropped',
    world: 'planner',
    seeds: 1500,
    breaks: [],
    file: 'src/folder/core/dispute.ts',
    take: "  draft.structure[loser].push({ kind: 'move', side: loser, path: copy, from: path, expected });",
    put: "  draft.deletions.push({ kind: 'delete', side: loser, path, expected });",
  },
  {
    name: 'both edited, and nobody is told',
    world: 'planner',
    seeds: 300,
    breaks: ['I6', 'I10'],
    file: 'src/folder/core/dispute.ts',
    take: `      draft.conflicts.push(conflict);
      draft.hold(spot.path);`,
    put: '      draft.hold(spot.path);',
  },
  {
    name: 'equal contents are carried over all the same',
    world: 'planner',
    seeds: 600,
    breaks: ['I11', 'I10', 'I25', 'I23'],
    file: 'src/folder/core/merge.ts',
    take: '} else if (edited.left && edited.right && !sameContent(left, right)) {',
    put: '} else if (edited.left && edited.right) {',
  },
  {
    name: 'a folder is emptied of what the other side still needs',
    world: 'planner',
    seeds: 600,
    breaks: [],
    file: 'src/folder/core/reconcile.ts',
    take: '  keepWhatSurvives(spots, input.mode);\n',
    put: '',
  },
  {
    name: 'a bar runs backwards',
    world: 'session',
    seeds: 60,
    breaks: ['S6'],
    file: 'src/session/core/progress.ts',
    take: '  const next = Math.max(value, sound(newValue, value));',
    put: '  const next = sound(newValue, value);',
  },
  {
    name: 'a skip is forgotten',
    world: 'session',
    seeds: 60,
    breaks: [],
    file: 'src/session/core/outcome.ts',
    take: "if (skipWanted || around.completion === 'withheld') return 'skipped';",
    put: "if (around.completion === 'withheld') return 'skipped';",
  },
  {
    name: 'a stop is told once and forgotten',
    world: 'session',
    seeds: 60,
    breaks: [],
    file: 'src/session/core/outcome.ts',
    take: "if (facts.stopWanted) return 'stop';",
    put: '',
  },
  {
    name: 'an item that failed succeeds after all',
    world: 'session',
    seeds: 60,
    breaks: [],
    file: 'src/session/core/outcome.ts',
    take: "  return reported === 'failed' ? 'failed' : former;",
    put: '  return reported;',
  },
  {
    name: 'a handler that ignores the stop is waited for without end',
    world: 'session',
    seeds: 60,
    breaks: [],
    file: 'src/session/core/step.ts',
    take: "    overdue: end('stopped', 'abandon-handler'),",
    put: "    overdue: ['stopping'],",
  },
  {
    name: 'a session with failed items is called a success',
    world: 'session',
    seeds: 60,
    breaks: [],
    file: 'src/session/core/outcome.ts',
    take: "  return well === items.length && clean ? 'succeed' : 'fall-short';",
    put: "  return clean ? 'succeed' : 'fall-short';",
  },
];
