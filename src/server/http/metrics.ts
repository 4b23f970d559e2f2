// The numbers of this manager, read from it when somebody asks. Counters count since the manager came
// up, from the events it told; nothing is kept for them on disk.
import type { Client } from '../../api/client.ts';
import type { FreshnessShape, Notice } from '../../api/shapes.ts';
import { exposition, type Metric, type Sample } from './core/exposition.ts';

export class Metrics {
  readonly #runs = new Map<string, number>();
  readonly #seconds = new Map<string, { sum: number; count: number }>();
  readonly #begun = new Map<string, number>();

  #dropped = 0;

  /** A viewer that did not read was closed. */
  dropped(): void {
    this.#dropped += 1;
  }

  /** One event that happened. */
  take(notice: Notice): void {
    if (notice.type !== 'event' || notice.event.session === null) return;
    const { type, session, data, at } = notice.event;
    const ms = Date.parse(at);
    if (type === 'session.phase' && !this.#begun.has(session)) this.#begun.set(session, ms);
    if (type !== 'session.ended') return;
    const result = String(data.ending);
    this.#runs.set(result, (this.#runs.get(result) ?? 0) + 1);
    const before = this.#seconds.get(result) ?? { sum: 0, count: 0 };
    const took = Math.max(0, ms - (this.#begun.get(session) ?? ms)) / 1000;
    this.#begun.delete(session);
    this.#seconds.set(result, { sum: before.sum + took, count: before.count + 1 });
  }

  async text(client: Client): Promise<string> {
    const [freshness, conflicts, running, plans, about] = await Promise.all([
      client.freshness(),
      client.conflicts({ open: true }),
      client.running(),
      client.plans(['open']),
      client.about(),
    ]);
    const waiting = plans.filter(({ halts }) => halts.length > 0);
    return exposition([
      gauge('syncmgr_up', 'The manager answers.', [
        { labels: { version: about.version }, value: 1 },
      ]),
      gauge('syncmgr_safe_mode', 'Nothing runs by itself after a crash loop.', [
        plain(about.service?.safeMode == null ? 0 : 1),
      ]),
      gauge('syncmgr_configuration_problems', 'Errors in the files of the configuration.', [
        plain(about.service?.problems.filter(({ level }) => level === 'error').length ?? 0),
      ]),
      times(
        'syncmgr_item_last_success_timestamp_seconds',
        'Last success.',
        freshness,
        'lastSuccessAt',
      ),
      times(
        'syncmgr_item_last_attempt_timestamp_seconds',
        'Last attempt.',
        freshness,
        'lastAttemptAt',
      ),
      times(
        'syncmgr_item_next_run_timestamp_seconds',
        'Next run by schedule.',
        freshness,
        'nextRunAt',
      ),
      perItem('syncmgr_item_stale', 'Not succeeded for longer than its limit.', freshness, (one) =>
        one.staleSince === null ? 0 : 1,
      ),
      perItem(
        'syncmgr_item_missed_runs',
        'Runs in a row without a success.',
        freshness,
        (one) => one.missedRuns,
      ),
      perItem(
        'syncmgr_item_held_back',
        'Something keeps it from starting by itself.',
        freshness,
        (one) => (one.heldBy === null ? 0 : 1),
      ),
      gauge('syncmgr_conflicts_open', 'Conflicts that wait for a person.', counts(conflicts)),
      gauge('syncmgr_plans_waiting', 'Plans that wait for approval.', counts(waiting)),
      gauge('syncmgr_sessions_running', 'Sessions that run now.', [plain(running.length)]),
      ...this.#counters(),
    ]);
  }

  #counters(): readonly Metric[] {
    const seconds = [...this.#seconds];
    return [
      {
        name: 'syncmgr_viewers_dropped_total',
        type: 'counter',
        help: 'Streams of events that were closed because nobody read them.',
        samples: [plain(this.#dropped)],
      },
      {
        name: 'syncmgr_run_total',
        type: 'counter',
        help: 'Sessions that ended, by how.',
        samples: [...this.#runs].map(([result, value]) => ({ labels: { result }, value })),
      },
      {
        name: 'syncmgr_run_duration_seconds_sum',
        type: 'counter',
        help: 'Seconds that ended sessions took.',
        samples: seconds.map(([result, { sum }]) => ({ labels: { result }, value: sum })),
      },
      {
        name: 'syncmgr_run_duration_seconds_count',
        type: 'counter',
        help: 'Ended sessions whose seconds are in the sum.',
        samples: seconds.map(([result, { count }]) => ({ labels: { result }, value: count })),
      },
    ];
  }
}

const plain = (value: number): Sample => ({ labels: {}, value });

function gauge(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, type: 'gauge', help, samples };
}

function perItem(
  name: string,
  help: string,
  all: readonly FreshnessShape[],
  value: (one: FreshnessShape) => number,
): Metric {
  const samples = all.map((one) => ({
    labels: { partnership: one.partnership.name },
    value: value(one),
  }));
  return gauge(name, help, samples);
}

/** None for what never was. */
function times(
  name: string,
  help: string,
  all: readonly FreshnessShape[],
  key: 'lastSuccessAt' | 'lastAttemptAt' | 'nextRunAt',
): Metric {
  const known = all.filter((one) => one[key] !== null);
  return perItem(name, help, known, (one) => Date.parse(one[key] ?? '') / 1000);
}

function counts(all: readonly { readonly partnership: { readonly name: string } }[]): Sample[] {
  const found = new Map<string, number>();
  for (const { partnership } of all) {
    found.set(partnership.name, (found.get(partnership.name) ?? 0) + 1);
  }
  return [...found].map(([partnership, value]) => ({ labels: { partnership }, value }));
}
