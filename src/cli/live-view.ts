// The live view: what the manager tells, as a picture that is drawn anew where it changed, and keys
// that act on the item that is chosen.
import type { Client } from '../api/client.ts';
import type { ItemShape, Notice, ProgressShape } from '../api/shapes.ts';
import { errorRecord } from '../model/error.ts';
import type { Cli } from './cli.ts';
import { ago, moment } from './report/ago.ts';
import { redraw, type Scene, screenLines } from './report/core/screen.ts';

const drawMs = 100;
const lookMs = 2000;
const enter = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J';
const leave = '\x1b[?7h\x1b[?25h\x1b[?1049l';

type Known = Pick<Scene, 'items' | 'running' | 'freshness'>;

/** Resolves when the person leaves. */
export async function liveView(cli: Cli, client: Client, names: readonly string[]): Promise<void> {
  const view = new LiveView(cli, client, names);
  await view.look();
  await view.run();
}

class LiveView {
  readonly #cli: Cli;
  readonly #client: Client;
  readonly #names: readonly string[];
  readonly #progress = new Map<string, ProgressShape>();
  readonly #over = new AbortController();
  #known: Known = { items: [], running: [], freshness: [] };
  #chosen = 0;
  #note = '';
  #drawn: readonly string[] = [];
  #size = '';
  #old: 'yes' | 'no' = 'no';

  constructor(cli: Cli, client: Client, names: readonly string[]) {
    this.#cli = cli;
    this.#client = client;
    this.#names = names;
  }

  async run(): Promise<void> {
    const { terminal, interrupted } = this.#cli;
    const notices = this.#client.watch(null, this.#over.signal);
    void interrupted().then(() => this.#over.abort());
    terminal.draw(enter);
    const ends = [
      terminal.keys((key) => void this.#press(key)),
      terminal.every(drawMs, () => this.#draw()),
      terminal.every(lookMs, () => {
        this.#old = 'yes';
      }),
    ];
    try {
      this.#draw();
      for await (const notice of notices) this.#take(notice);
    } finally {
      for (const end of ends) end();
      terminal.draw(leave);
    }
  }

  async look(): Promise<void> {
    this.#old = 'no';
    const [items, running, freshness] = await Promise.all([
      this.#client.items(),
      this.#client.running(),
      this.#client.freshness(),
    ]);
    const isWanted = ({ partnership, adHoc }: ItemShape) =>
      this.#names.length === 0
        ? !adHoc || this.#runs(running, partnership.id)
        : this.#names.includes(partnership.name);
    this.#known = { items: items.filter(isWanted), running, freshness };
    this.#chosen = Math.max(0, Math.min(this.#chosen, this.#known.items.length - 1));
  }

  #runs(running: Known['running'], id: string): boolean {
    return running.some(({ partnership }) => partnership.id === id);
  }

  #take(notice: Notice): void {
    if (notice.type === 'progress') {
      const { session, item } = notice.progress;
      this.#progress.set(`${session} ${item}`, notice.progress);
    } else if (notice.type === 'event' || notice.type === 'gap') {
      if (notice.type === 'event' && notice.event.type === 'session.ended')
        this.#forget(notice.event.session);
      this.#old = 'yes';
    }
  }

  #forget(session: string | null): void {
    for (const key of this.#progress.keys()) {
      if (key.startsWith(`${session} `)) this.#progress.delete(key);
    }
  }

  #draw(): void {
    const { terminal } = this.#cli;
    if (this.#old === 'yes') {
      void this.look().catch((thrown: unknown) => this.#say(errorRecord(thrown).text));
    }
    const size = { columns: terminal.columns(), rows: terminal.rows() };
    const now = terminal.now();
    const scene: Scene = {
      ...this.#known,
      progress: this.#progress,
      chosen: this.#chosen,
      note: this.#note,
      ago: (instant) => ago(instant, now),
      moment,
    };
    const key = `${size.columns}×${size.rows}`;
    if (key !== this.#size) {
      this.#drawn = [];
      terminal.draw('\x1b[2J');
    }
    this.#size = key;
    const lines = screenLines(scene, size, terminal.paint);
    const text = redraw(this.#drawn, lines);
    if (text !== '') terminal.draw(text);
    this.#drawn = lines;
  }

  async #press(key: string): Promise<void> {
    if (key === 'q' || key === 'ctrl-c' || key === 'escape') return this.#over.abort();
    if (key === 'up' || key === 'k') this.#chosen = Math.max(0, this.#chosen - 1);
    if (key === 'down' || key === 'j') {
      this.#chosen = Math.min(this.#known.items.length - 1, this.#chosen + 1);
    }
    const item = this.#known.items[this.#chosen];
    if (item !== undefined) {
      await this.#act(key, item).catch((thrown: unknown) => this.#say(errorRecord(thrown).text));
    }
    this.#draw();
  }

  async #act(key: string, { partnership: { name }, item }: ItemShape): Promise<void> {
    const client = this.#client;
    if (key === 's') {
      const count = await client.skip(`${name}/${item}`);
      this.#say(count === 0 ? `${name} is not being synchronized.` : `Skipping ${name}.`);
    }
    if (key === 'x') {
      const count = await client.stop(name);
      this.#say(count === 0 ? `${name} is not being synchronized.` : `Stopping ${name}.`);
    }
    if (key === 'r') {
      await client.invoke({
        trigger: 'manual',
        partnerships: [name],
        startNow: true,
        interactive: false,
      });
      this.#say(`Running ${name}.`);
    }
    if (key === 'p') await this.#pauseOrResume(name);
  }

  async #pauseOrResume(name: string): Promise<void> {
    const { holds } = await this.#client.why(name);
    const isPaused = holds.some(({ kind }) => kind === 'paused');
    if (isPaused) await this.#client.resume(name);
    else await this.#client.pause(name, null);
    this.#say(isPaused ? `Resumed ${name}.` : `Paused ${name}: it does not start by itself.`);
    this.#old = 'yes';
  }

  #say(text: string): void {
    this.#note = text;
  }
}
