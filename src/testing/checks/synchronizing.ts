// Synchronize, from its first report to its completion.
import { isFinal } from '../../model/item.ts';
import type { Check } from '../check.ts';
import type { FakeManager } from '../fake-manager.ts';
import type { SaidOf } from '../said.ts';
import { failed, first, named, passed, unproven, type Verdict } from '../verdict.ts';

/** How long something said too late is waited for. */
const lateMs = 300;

export const synchronizing: readonly Check[] = [
  {
    name: 'completes',
    title: 'It completes, and every item comes to an end',
    advice:
      'Answer synchronize when all work is over. An item without an outcome takes that of the whole: say by progress what each came to.',
    run: async (bench) => {
      const { manager, synchronized } = await bench.whole();
      const { outcome, error } = synchronized;
      if (outcome === 'failed' && error === null && !somethingSaid(manager)) {
        return failed('a failure that says why', 'neither an error nor a line in the log');
      }
      const statuses = Object.entries(manager.outcomes());
      const open = statuses.filter(([, status]) => !isFinal(status)).map(([item]) => item);
      if (open.length > 0) return failed('an end for every item', `none for ${named(open)}`);
      return outcome === 'failed'
        ? unproven(`It failed: ${error?.text ?? 'see its log.'} Give it something that it can do.`)
        : passed;
    },
  },
  {
    name: 'asks-before-each',
    title: 'It reports on every item it works on, and so learns of skips and stops',
    advice:
      'Report progress for an item before its work begins, and often meanwhile; each answer says whether to go on.',
    run: async (bench) => {
      const { manager, items } = await bench.whole();
      const seen = new Set(manager.of('progress').map(({ item }) => item));
      const silent = items.filter((item) => !seen.has(item));
      return silent.length > 0
        ? failed('progress of every item', `none of ${named(silent)}`)
        : passed;
    },
  },
  {
    name: 'progress-sound',
    title: 'Its progress is of chosen items, counts upwards, stays within its total, and ends once',
    advice:
      'Numbers are finite and 0 or more; a max of 0 or less is an unknown length. After an outcome (succeeded, failed, skipped …) nothing more is reported of the item.',
    run: async (bench) => {
      const { manager } = await bench.whole();
      const reports = manager.of('progress');
      return first(...[unknown, unsound, backwards, afterEnd].map((look) => look(reports)));
    },
  },
  {
    name: 'ends-once',
    title: 'After it has completed it says nothing more',
    advice: 'Wait for everything you started before you complete.',
    run: async (bench) => {
      const { manager } = await bench.prepared();
      await manager.synchronize();
      await bench.clock.sleep(lateMs);
      await manager.close();
      await bench.clock.sleep(lateMs);
      const late = manager.said.filter(
        ({ moment, call }) => (moment === 'afterwards' && call !== 'log') || moment === 'closed',
      );
      return late.length > 0 ? failed('silence', named(late.map(({ call }) => call))) : passed;
    },
  },
  {
    name: 'log-sound',
    title: 'Its lines have a text, a level, and a name where they can be opened',
    advice:
      'A line with jump: true needs an errorId, and a handler that offers showError: a person will open it.',
    run: async (bench) => {
      const { manager } = await bench.prepared();
      await manager.synchronize();
      const canShow = manager.session.showError !== undefined;
      const lines = manager.of('log');
      return first(
        ...lines.map(({ text, jump, errorId }) => {
          if (text.trim() === '') return failed('lines with a text', 'an empty one');
          if (jump && errorId === null) return failed('an errorId with the jump', text);
          return jump && !canShow
            ? failed('showError for the jump', `${text} (not offered)`)
            : null;
        }),
      );
    },
  },
  {
    name: 'closes',
    title: 'It closes whenever it is told to, and opens again',
    advice: 'Give back in close what open took; close may come right after open.',
    run: async (bench) => {
      for (const depth of ['opened', 'listed', 'prepared'] as const) {
        const manager = bench.manager();
        if ((await manager.open()) === null) return unproven('It declined to open.');
        if (depth !== 'opened') await manager.list();
        if (depth === 'prepared') await (await bench.prepared()).manager.close();
        await manager.close();
      }
      return passed;
    },
  },
];

type Reports = readonly SaidOf<'progress'>[];

const somethingSaid = (manager: FakeManager) =>
  manager.of('log').some(({ level }) => level !== 'information');

function unknown(reports: Reports): Verdict | null {
  const strange = reports.filter(({ answer }) => answer === 'unknown-item');
  const names = [...new Set(strange.map(({ item }) => item))];
  return names.length > 0 ? failed('progress of chosen items', `of ${named(names)}`) : null;
}

function unsound(reports: Reports): Verdict | null {
  for (const { item, report } of reports) {
    const { value = 0, max = 0, bytes = 0, bytesMax = 0 } = report ?? {};
    const numbers = [value, max, bytes, bytesMax];
    const said = `${JSON.stringify(item)}: ${JSON.stringify(report)}`;
    if (!numbers.every(Number.isFinite)) return failed('finite numbers', said);
    if (value < 0 || bytes < 0) return failed('numbers of 0 or more', said);
    if (max > 0 && value > max) return failed('a value within its max', said);
    if (bytesMax > 0 && bytes > bytesMax) return failed('bytes within their bytesMax', said);
  }
  return null;
}

function backwards(reports: Reports): Verdict | null {
  const last = new Map<string, number>();
  for (const { item, report } of reports) {
    const value = report?.value;
    if (value === undefined) continue;
    const before = last.get(item) ?? 0;
    if (value < before) return failed(`${JSON.stringify(item)} at ${before} or more`, `${value}`);
    last.set(item, value);
  }
  return null;
}

function afterEnd(reports: Reports): Verdict | null {
  const ended = new Map<string, string>();
  for (const { item, report } of reports) {
    if (report === null) continue;
    const outcome = ended.get(item);
    if (outcome !== undefined && report.status !== 'failed') {
      const said = JSON.stringify(report);
      return failed(`nothing more of ${JSON.stringify(item)}: it was ${outcome}`, said);
    }
    if (report.status !== undefined && isFinal(report.status)) ended.set(item, report.status);
  }
  return null;
}
