// A schedule of cron as a person thinks of it: daily at a time, on some days, each month, each hour. What
// is none of these stays the expression that it is.

export type CronForm =
  | { readonly how: 'hourly'; readonly minute: number }
  /** Days from 0, Sunday, on; all seven: every day. `time` as `03:00`. */
  | { readonly how: 'weekly'; readonly time: string; readonly days: readonly number[] }
  | { readonly how: 'monthly'; readonly time: string; readonly day: number }
  | { readonly how: 'expression'; readonly text: string };

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
export const everyDay: readonly number[] = [0, 1, 2, 3, 4, 5, 6];
/** In the order of a week that begins on Monday. */
export const weekOrder: readonly number[] = [1, 2, 3, 4, 5, 6, 0];

export function cronForm(expression: string): CronForm {
  const other: CronForm = { how: 'expression', text: expression };
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5) return other;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const minuteAt = numberIn(minute, 0, 59);
  if (month !== '*' || minuteAt === null) return other;
  if (hour === '*' && day === '*' && weekday === '*') return { how: 'hourly', minute: minuteAt };
  const hourAt = numberIn(hour, 0, 23);
  if (hourAt === null) return other;
  const time = `${two(hourAt)}:${two(minuteAt)}`;
  if (day === '*') {
    const days = daysIn(weekday);
    return days === null ? other : { how: 'weekly', time, days };
  }
  const dayAt = numberIn(day, 1, 31);
  return weekday !== '*' || dayAt === null ? other : { how: 'monthly', time, day: dayAt };
}

export function cronText(form: CronForm): string {
  if (form.how === 'expression') return form.text;
  if (form.how === 'hourly') return `${form.minute} * * * *`;
  const [hour = 0, minute = 0] = form.time.split(':').map(Number);
  const at = `${minute} ${hour}`;
  return form.how === 'monthly' ? `${at} ${form.day} * *` : `${at} * * ${daysText(form.days)}`;
}

/** The same hour, told in another way. */
export function cronAs(form: CronForm, how: CronForm['how']): CronForm {
  const time = form.how === 'weekly' || form.how === 'monthly' ? form.time : '03:00';
  if (how === 'expression') return { how, text: cronText(form) };
  if (how === 'hourly') return { how, minute: 0 };
  return how === 'monthly' ? { how, time, day: 1 } : { how, time, days: everyDay };
}

function numberIn(text: string, min: number, max: number): number | null {
  const number = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : null;
}

const two = (number: number) => String(number).padStart(2, '0');

function daysIn(text: string): readonly number[] | null {
  if (text === '*') return everyDay;
  const days = new Set<number>();
  for (const part of text.toLowerCase().split(',')) {
    const [from = '', to = from, ...more] = part.split('-');
    const [first, last] = [dayAt(from), dayAt(to)];
    if (first === null || last === null || more.length > 0) return null;
    // Sunday ends a week as well as it begins one.
    const end = last < first ? last + 7 : last;
    for (let day = first; day <= end; day += 1) days.add(day % 7);
  }
  return everyDay.filter((day) => days.has(day));
}

function dayAt(text: string): number | null {
  const named = names.indexOf(text);
  return named >= 0 ? named : numberIn(text, 0, 7);
}

function daysText(days: readonly number[]): string {
  if (days.length === 7) return '*';
  const inOrder = weekOrder.filter((day) => days.includes(day));
  const runs: number[][] = [];
  for (const day of inOrder) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before !== undefined && (before + 1) % 7 === day) run.push(day);
    else runs.push([day]);
  }
  return runs.map(runText).join(',');
}

function runText(run: readonly number[]): string {
  const named = run.map((day) => names[day] ?? '');
  return run.length > 2 ? `${named[0]}-${named.at(-1)}` : named.join(',');
}
