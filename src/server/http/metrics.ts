// The numbers of this manager, read from it when somebody asks.
import type { Client } from '../../api/client.ts';
import type { FreshnessShape, Notice, PlanShape } from '../../api/shapes.ts';
import { exposition, type Metric, type Sample } from './core/exposition.ts';
import { RunCounters } from './run-counters.ts';

export class Metrics {
  readonly #client: Client;
  readonly #waiting: () => Promise<number>;
  readonly #runs = new RunCounters();
  #dropped = 0;

  /** `waiting`: the requests that nobody has begun yet. */
  constructor(client: Client, waiting: () => Promise<number>) {
    this.#client = client;
    this.#waiting = waiting;
  }

  /** A viewer that did not read was closed. */
  dropped(): void {
    this.#dropped += 1;
  }

  /** One event that happened. */
  take(notice: Notice): void {
    this.#runs.take(notice);
  }

  async text(): Promise<string> {
    const all = await Promise.all([this.#ofManager(), this.#ofItems()]);
    return exposition([
      ...all.flat(),
      {
        name: 'syncmgr_viewers_dropped_total',
        type: 'counter',
        help: 'Streams of events that were closed because nobody read them.',
        samples: [plain(this.#dropped)],
      },
      ...this.#runs.metrics(),
    ]);
  }

  async #ofManager(): Promise<readonly Metric[]> {
    const client = this.#client;
    const [about, running, handlers, waiting] = await Promise.all([
      client.about(),
      client.running(),
      client.handlers(),
      this.#waiting(),
    ]);
    const { service, version } = about;
    const problems = service?.problems.filter(({ level }) => level === 'error').length ?? 0;
    return [
      gauge('up', 'The manager answers.', [{ labels: { version }, value: 1 }]),
      gauge('safe_mode', 'Nothing runs by itself after a crash loop.', [
        plain(service?.safeMode == null ? 0 : 1),
      ]),
      gauge('configuration_problems', 'Errors in the files of the configuration.', [
        plain(problems),
      ]),
      gauge('sessions_running', 'Sessions that run now.', [plain(running.length)]),
      gauge('queue_depth', 'Requests that wait for their turn.', [plain(waiting)]),
      gauge(
        'handler_up',
        'Whether it is started when it is needed; 0: it kept failing.',
        handlers.map(({ name: handler, disabledSince }) => ({
          labels: { handler },
          value: disabledSince === null ? 1 : 0,
        })),
      ),
    ];
  }

  async #ofItems(): Promise<readonly Metric[]> {
    const client = this.#client;
    const [freshness, conflicts, plans, running] = await Promise.all([
      client.freshness(),
      client.conflicts({ open: true }),
      client.plans(['open']),
      client.running(),
    ]);
    const runs = new Set(running.map(({ partnership }) => partnership.id));
    const statuses = await Promise.all(
      freshness.map(async ({ partnership }) => {
        const status = runs.has(partnership.id) ? 'running' : await this.#lastOf(partnership);
        return { labels: { partnership: partnership.name, status }, value: 1 };
      }),
    );
    return [
      ...times(freshness),
      perItem('stale', 'Not succeeded for longer than its limit.', freshness, (one) =>
        one.staleSince === null ? 0 : 1,
      ),
      perItem(
        'missed_runs',
        'Runs in a row without a success.',
        freshness,
        (one) => one.missedRuns,
      ),
      perItem('held_back', 'Something keeps it from starting by itself.', freshness, (one) =>
        one.heldBy === null ? 0 : 1,
      ),
      gauge('item_status', 'That it runs, or how its last session ended.', statuses),
      gauge('item_pending_changes', 'Changes of plans that are not carried out.', changes(plans)),
      gauge('conflicts_open', 'Conflicts that wait for a person.', counts(conflicts)),
      gauge(
        'plans_waiting',
        'Plans that wait for approval.',
        counts(plans.filter(({ halts }) => halts.length > 0)),
      ),
    ];
  }

  /** What was before this manager came up stands in the history. */
  async #lastOf({ id }: FreshnessShape['partnership']): Promise<string> {
    const known = this.#runs.lastOf(id);
    if (known !== null) return known;
    const sessions = await this.#client.sessions({ partnership: id, limit: 1 });
    return sessions[0]?.phase ?? 'never';
  }
}

const plain = (value: number): Sample => ({ labels: {}, value });

const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => {
  return { name: `syncmgr_${name}`, type: 'gauge', help, samples };
};

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
  return gauge(`item_${name}`, help, samples);
}

/** None for what never was. */
function times(all: readonly FreshnessShape[]): readonly Metric[] {
  const time = (name: string, help: string, key: 'lastSuccessAt' | 'lastAttemptAt' | 'nextRunAt') =>
    perItem(
      `${name}_timestamp_seconds`,
      help,
      all.filter((one) => one[key] !== null),
      (one) => Date.parse(one[key] ?? '') / 1000,
    );
  return [
    time('last_success', 'Last success.', 'lastSuccessAt'),
    time('last_attempt', 'Last attempt.', 'lastAttemptAt'),
    time('next_run', 'Next run by schedule.', 'nextRunAt'),
  ];
}

/** Of each partnership the newest plan; they come newest first. */
function changes(plans: readonly PlanShape[]): readonly Sample[] {
  const newest = new Map<string, number>();
  for (const { partnership, counts: all } of plans) {
    const sum = Object.values(all).reduce((total, one) => total + one, 0);
    if (!newest.has(partnership.name)) newest.set(partnership.name, sum);
  }
  return [...newest].map(([partnership, value]) => ({ labels: { partnership }, value }));
}

function counts(all: readonly { readonly partnership: { readonly name: string } }[]): Sample[] {
  const found = new Map<string, number>();
  for (const { partnership } of all) {
    found.set(partnership.name, (found.get(partnership.name) ?? 0) + 1);
  }
  return [...found].map(([partnership, value]) => ({ labels: { partnership }, value }));
}
