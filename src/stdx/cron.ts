// Cron expressions of five fields, over croner: it is told moments as text, so that nothing here makes
// a Date. A fixed time that falls into the gap of a changing clock comes at the end of the gap, one
// that the clock shows twice comes once.
import { Cron } from 'croner';
import { isoText } from './zone.ts';

const read = new Map<string, Cron>();
/** Each holds a list of 10,000 years, which is 80 KB. */
const readMax = 128;

/** Reading an expression costs more than asking it; those asked last are kept. */
function cron(expression: string, zone: string): Cron {
  const key = `${zone} ${expression}`;
  const asked =
    read.get(key) ?? new Cron(expression, { mode: '5-part', timezone: zone, paused: true });
  read.delete(key);
  read.set(key, asked);
  const oldest = read.size > readMax ? read.keys().next().value : undefined;
  if (oldest !== undefined) read.delete(oldest);
  return asked;
}

/** The first time after that moment; null: there is none any more. Throws for what is no expression. */
export function nextCron(expression: string, zone: string, after: number): number | null {
  return cron(expression, zone).nextRun(isoText(after))?.getTime() ?? null;
}

/** The last times up to that moment, it included, oldest first. */
export function lastCrons(
  expression: string,
  zone: string,
  until: number,
  count: number,
): number[] {
  // Those before a moment do not include it.
  const runs = cron(expression, zone).previousRuns(count, isoText(until + 1_000));
  return runs.map((run) => run.getTime()).toReversed();
}

/** What is wrong with an expression, as the end of a sentence about it; null: nothing. */
export function cronFault(expression: string): string | null {
  const words = expression.trim();
  if (words === '') return 'it is empty. Write five fields: minute hour day month weekday.';
  const fields = words.startsWith('@') ? 5 : words.split(/\s+/).length;
  if (fields > 5) {
    return `it has ${fields} fields, and the first of them would be seconds. Write five: nothing runs more than once a minute.`;
  }
  if (fields < 5) return `it has ${fields} of five fields: minute hour day month weekday.`;
  try {
    if (nextCron(words, 'UTC', 0) === null) return 'no day of any year fits it.';
    return null;
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return `${reason.replace(/^\w+: /, '')}.`;
  }
}
