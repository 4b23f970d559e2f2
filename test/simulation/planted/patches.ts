// Bugs that people have made in synchronizers, as changes to our source: what the simulations must find,
// each within so many seeds. They are made in a copy and never in the program itself (plant.ts).
//
// The first seven are those of reliability 4.2: nearly every loss that was ever reported of a synchronizer
// is one of them.

export interface Patch {
  readonly name: string;
  /** Which simulation must find it. */
  readonly world: 'planner' | 'engine' | 'twins' | 'session' | 'crashes';
  /** Within so many seeds. */
  readonly seeds: number;
  /** Numbers of the invariants of which one must be named; none: any. */
  readonly breaks: readonly string[];
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly take: string;
  readonly put: string;
}

export const classics: readonly Patch[] = [
  {
    name: 'a target is overwritten without a last look',
    world: 'engine',
    seeds: 600,
    breaks: ['I1', 'I10'],
    file: 'src/folder/trash.ts',
    take: `  if (!unchanged(from.stat(name), expected, moved)) throw new Refusal('folder-target-changed');
  const place`,
    put: `  if (transition.kind === 'update' && expected.kind === 'file') {
    from.unlink(name);
    return path;
  }
  if (!unchanged(from.stat(name), expected, moved)) throw new Refusal('folder-target-changed');
  const place`,
  },
  {
    name: 'a target is deleted without a last look',
    world: 'engine',
    seeds: 600,
    breaks: ['I1', 'I10'],
    file: 'src/folder/trash.ts',
    take: `  if (!unchanged(from.stat(name), expected, moved)) throw new Refusal('folder-target-changed');
  const place`,
    put: `  if (transition.kind === 'delete') {
    from.unlink(name);
    return path;
  }
  if (!unchanged(from.stat(name), expected, moved)) throw new Refusal('folder-target-changed');
  const place`,
  },
  {
    name: 'the baseline is written before the data is on disk',
    world: 'engine',
    seeds: 200,
    breaks: ['I3', 'I1', 'I2'],
    file: 'src/folder/conclude.ts',
    take: 'const outcomes = await makeDurable(conclusion);',
    put: 'const outcomes = conclusion.outcomes;',
  },
  {
    name: 'a listing that failed is taken for an empty folder',
    world: 'engine',
    seeds: 600,
    breaks: ['I13', 'I1', 'I10'],
    file: 'src/folder/scan-walk.ts',
    take: `      this.unknown(path, 'folder-unreadable', reasonOf(error));
      return null;
    }
  }

  unknown(`,
    put: `      if (path !== '') return { names: [], unreadable: [] };
      this.unknown(path, 'folder-unreadable', reasonOf(error));
      return null;
    }
  }

  unknown(`,
  },
  {
    name: 'a file is written under its own name',
    world: 'engine',
    seeds: 100,
    breaks: ['I2'],
    file: 'src/folder/transfer.ts',
    take: `    const name = String(at);
    run.temporaries.set(at, { name, staged: stageFile(lane, transition, lane.stage(side), name) });`,
    put: `    const into = lane.held[side].at(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    const staged = stageFile(lane, transition, into, nameOf(path));
    run.outcomes[at] = { state: 'done', ...staged };`,
  },
  {
    name: 'a deletion wins over an edit',
    world: 'planner',
    seeds: 600,
    breaks: ['I4', 'I10', 'I1'],
    file: 'src/folder/core/decide.ts',
    take: `    touched: 'right',
    mode: 'restore-left',
    edited: 'restore-left',`,
    put: `    touched: 'right',
    mode: 'right',
    edited: 'right',`,
  },
  {
    name: 'the newer of two versions wins unasked',
    world: 'planner',
    seeds: 300,
    breaks: ['I5', 'I10'],
    file: 'src/folder/core/resolve.ts',
    take: `    default:
      return rule;`,
    put: `    default:
      return rule === 'ask' ? larger(timeOf(left), timeOf(right)) : rule;`,
  },
];

const others: readonly Patch[] = [
  {
    name: 'what is replaced is not kept in the trash',
    world: 'engine',
    seeds: 600,
    breaks: ['I1', 'I10'],
    file: 'src/folder/trash.ts',
    take: '  if (unchanged(place.folder.stat(place.name), expected, true)) return place.path;',
    put: `  if (unchanged(place.folder.stat(place.name), expected, true)) {
    if (expected.kind === 'file') place.folder.unlink(place.name);
    return place.path;
  }`,
  },
  {
    name: 'a link on the way is followed',
    world: 'engine',
    seeds: 2000,
    breaks: ['I14'],
    file: 'src/folder/lane.ts',
    take: '  if (found?.device === root.device && found.inode === root.inode) return held;',
    put: `  if (found?.device === root.device && found.inode === root.inode) {
    const at = held.at.bind(held);
    const byPath = (path: string) => filesystem.realPath(\`\${root.path}/\${path}\`);
    const isOurs = (path: string) => path === '' || path.startsWith('.syncmgr');
    held.at = (path) => (isOurs(path) ? at(path) : filesystem.openFolder(byPath(path)));
    return held;
  }`,
  },
  {
    name: 'one number given out again is taken for one file',
    world: 'planner',
    seeds: 4000,
    breaks: [],
    file: 'src/folder/core/find-moves.ts',
    take: "  if (was === undefined || was.kind !== entry.kind) return null;",
    put: `  if (was === undefined || was.kind !== entry.kind) return null;
  if (was.kind === 'file') return { from, to, entry, exact: true };`,
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
    name: 'a source that moves on while it is read is copied all the same',
    world: 'engine',
    seeds: 3000,
    breaks: [],
    file: 'src/folder/stage.ts',
    take: "if (!heldStill(before, after)) throw new Refusal('folder-busy');",
    put: '',
  },
  {
    name: 'content is not on disk when a name leads to it',
    world: 'crashes',
    seeds: 12,
    breaks: ['I1', 'I2', 'I6'],
    file: 'src/folder/transfer.ts',
    take: `  if (!('content' in transition) || transition.content.kind !== 'file') return;`,
    put: '  if (run.batch.first >= 0) return;',
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
    world: 'engine',
    seeds: 600,
    breaks: ['I17'],
    file: 'src/session/core/guard.ts',
    take: 'return count > limits.count && count > limits.share * known;',
    put: 'return count > limits.count && count > limits.share * known && count < 0;',
  },
  {
    name: 'what lies below an unreadable folder is taken for absent',
    world: 'engine',
    seeds: 1500,
    breaks: ['I13', 'I10', 'I1'],
    file: 'src/folder/core/rows.ts',
    take: "if (cover?.state === 'unknown' || cover?.state === 'ignored') return cover;",
    put: "if (cover?.state === 'ignored') return cover;",
  },
  {
    name: 'a store out of a backup is believed',
    world: 'engine',
    seeds: 600,
    breaks: ['I22'],
    file: 'src/folder/core/trust.ts',
    take: "if (marked.some((generation) => generation > newest)) return 'older-baseline';",
    put: '',
  },
  {
    name: 'without a baseline what is on one side only is deleted',
    world: 'planner',
    seeds: 600,
    breaks: ['I21', 'I22', 'I4', 'I10'],
    file: 'src/folder/core/reconcile.ts',
    take: 'const rows = input.baselineTrusted ? input.rows : input.rows.map(distrusted);',
    put: 'const rows = input.rows;',
  },
  {
    name: 'times of two disks are compared with each other',
    world: 'planner',
    seeds: 300,
    breaks: ['I23', 'I9', 'I10', 'I7', 'I24'],
    file: 'src/folder/core/change.ts',
    take: '  const timeChanged = !within(now.mtimeMs, base[side].mtimeMs, abilities.timeStepMs);',
    put: '  const timeChanged = !within(now.mtimeMs, base[otherSide[side]].mtimeMs, abilities.timeStepMs);',
  },
  {
    name: 'permissions are set where there are none, again and again',
    world: 'planner',
    seeds: 600,
    breaks: ['I24', 'I7'],
    file: 'src/folder/core/transition.ts',
    take: 'if (abilities[side].modes && here.mode !== content.mode) return true;',
    put: 'if (here.mode !== content.mode) return true;',
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
    breaks: ['I10'],
    file: 'src/folder/core/dispute.ts',
    take: `      draft.conflicts.push(conflict);
      draft.hold(spot.path);`,
    put: '      draft.hold(spot.path);',
  },
  {
    name: 'equal contents are carried over all the same',
    world: 'planner',
    seeds: 600,
    breaks: ['I11', 'I10', 'I25'],
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
    name: 'a stranger under a name just placed is agreed on',
    world: 'engine',
    seeds: 4000,
    breaks: ['I7', 'I3', 'I10', 'I6'],
    file: 'src/folder/tree.ts',
    take: 'if (found === null || found.inode !== built?.inode)',
    put: 'if (found === null || built === null)',
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

export const patches: readonly Patch[] = [...classics, ...others];
