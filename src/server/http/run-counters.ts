// What has run since the manager came up, counted from the events it told; nothing is kept on disk.
import type { Notice } from '../../api/shapes.ts';
import type { Metric, Sample } from './core/exposition.ts';

interface Tally {
  readonly labels: { readonly result: string; readonly trigger: string };
  readonly count: number;
  readonly seconds: number;
}

export class RunCounters {
  readonly #tallies = new Map<string, Tally>();
  readonly #begun = new Map<string, number>();
  /** By the id of the partnership: how its newest session ended. */
  readonly #last = new Map<string, string>();

  take(notice: Notice): void {
    if (notice.type !== 'event' || notice.event.session === null) return;
    const { type, session, partnership, data, at } = notice.event;
    const ms = Date.parse(at);
    if (type === 'session.phase' && !this.#begun.has(session)) this.#begun.set(session, ms);
    if (type !== 'session.ended') return;
    const result = String(data.ending);
    if (partnership !== null) this.#last.set(partnership, result);
    this.#count(result, String(data.trigger), (ms - (this.#begun.get(session) ?? ms)) / 1000);
    this.#begun.delete(session);
  }

  lastOf(partnership: string): string | null {
    return this.#last.get(partnership) ?? null;
  }

  metrics(): readonly Metric[] {
    const all = [...this.#tallies.values()];
    return [
      {
        name: 'syncmgr_run_total',
        type: 'counter',
        help: 'Sessions that ended, by how and by what started them.',
        samples: all.map(({ labels, count }) => ({ labels, value: count })),
      },
      {
        name: 'syncmgr_run_duration_seconds',
        type: 'summary',
        help: 'How long sessions took that ended.',
        samples: all.flatMap(({ labels, count, seconds }): Sample[] => [
          { suffix: '_sum', labels, value: seconds },
          { suffix: '_count', labels, value: count },
        ]),
      },
    ];
  }

  #count(result: string, trigger: string, seconds: number): void {
    const key = `${result} ${trigger}`;
    const before = this.#tallies.get(key) ?? { count: 0, seconds: 0 };
    this.#tallies.set(key, {
      labels: { result, trigger },
      count: before.count + 1,
      seconds: before.seconds + Math.max(0, seconds),
    });
  }
}
