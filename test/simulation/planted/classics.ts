// The seven bugs of reliability 4.2: nearly every loss that was ever reported of a synchronizer is one of
// them. They are looked for on every change.
import type { Patch } from './patch.ts';

export const classics: readonly Patch[] = [
  {
    name: 'a target is overwritten without a last look',
    world: 'engine',
    seeds: 600,
    breaks: ['I1', 'I10'],
    file: 'src/folder/trash.ts',
    take: `  if (found === null) throw new Refusal('folder-target-changed');
  const place`,
    put: `  if (transition.kind === 'update' && expected.kind === 'file') {
    from.unlink(name);
    return path;
  }
  if (found === null) throw new Refusal('folder-target-changed');
  const place`,
  },
  {
    name: 'a target is deleted without a last look',
    world: 'engine',
    seeds: 600,
    breaks: ['I1', 'I10'],
    file: 'src/folder/trash.ts',
    take: `  if (found === null) throw new Refusal('folder-target-changed');
  const place`,
    put: `  if (transition.kind === 'delete') {
    from.unlink(name);
    return path;
  }
  if (found === null) throw new Refusal('folder-target-changed');
  const place`,
  },
  {
    name: 'the baseline is written before the data is on disk',
    world: 'engine',
    seeds: 200,
    breaks: ['I3', 'I1', 'I2'],
    file: 'src/folder/conclude.ts',
    take: 'const durable = makeDurable({ ...conclusion, agreements });',
    put: 'const durable = Promise.resolve();',
  },
  {
    name: 'a listing that failed is taken for an empty folder',
    world: 'engine',
    seeds: 600,
    breaks: ['I13', 'I1', 'I10', 'I6'],
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
