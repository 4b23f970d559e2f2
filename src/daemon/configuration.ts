// The configuration while the manager runs: read anew when its files change or somebody asks. What is
// broken changes nothing and is told with file, line and key.
import type { Client } from '../api/client.ts';
import type { ConfigurationProblem, ConfigurationReport } from '../api/shapes.ts';
import type { JsonObject } from '../model/json.ts';
import { counted } from '../stdx/quantity.ts';
import type { DaemonPorts } from './ports.ts';

const settleMs = 200;

export class LiveConfiguration {
  readonly #ports: DaemonPorts;
  #last: ConfigurationReport = {
    folder: '',
    files: [],
    partnerships: 0,
    problems: [],
    schedules: [],
  };
  #told: string | null = null;
  #pending: 'no' | 'yes' = 'no';

  constructor(ports: DaemonPorts) {
    this.#ports = ports;
  }

  get last(): ConfigurationReport {
    return this.#last;
  }

  /** The client's own verbs, each report seen here as well. */
  observed(client: Client): Client {
    const seen = async (report: Promise<ConfigurationReport>) => this.#see(await report);
    return {
      ...client,
      catchUp: () => seen(client.catchUp()),
      checkConfiguration: () => seen(client.checkConfiguration()),
    };
  }

  async reload(): Promise<void> {
    await this.#see(await this.#ports.client.checkConfiguration());
  }

  /** Several changes in a row are one: an editor writes, renames and touches. */
  changed(): void {
    if (this.#pending === 'yes') return;
    this.#pending = 'yes';
    const { clock, log } = this.#ports;
    void clock
      .sleep(settleMs)
      .then(() => {
        this.#pending = 'no';
        return this.reload();
      })
      .catch((error: unknown) => log('error', String(error)));
  }

  async #see(report: ConfigurationReport): Promise<ConfigurationReport> {
    this.#last = report;
    const { folder, files, partnerships, problems } = report;
    // What comes next changes by itself.
    const state = JSON.stringify({ folder, files, partnerships, problems });
    if (state === this.#told) return report;
    const isFirst = this.#told === null;
    this.#told = state;
    const errors = report.problems.filter(({ level }) => level === 'error');
    for (const problem of errors) await this.#tellBroken(problem);
    if (errors.length === 0) await this.#tellLoaded(report, isFirst);
    return report;
  }

  async #tellBroken(problem: ConfigurationProblem): Promise<void> {
    const { file, line, key, text } = problem;
    const place = `${file}:${line ?? 1}: ${key === null ? '' : `${key}: `}`;
    this.#ports.log('error', `${place}${text} What was loaded last stays in force.`);
    await this.#event('configuration.broken', { file, line, key, text });
  }

  async #tellLoaded({ partnerships, files }: ConfigurationReport, isFirst: boolean): Promise<void> {
    const verb = isFirst ? 'read' : 'read anew';
    this.#ports.log(
      'information',
      `Configuration ${verb}: ${counted(partnerships, 'partnership')}.`,
    );
    await this.#event('configuration.loaded', { partnerships, files: files.length });
  }

  async #event(type: 'configuration.broken' | 'configuration.loaded', data: JsonObject) {
    const nowhere = { partnership: null, session: null, item: null };
    await this.#ports.store.events.add([{ type, ...nowhere, data }]);
  }
}
