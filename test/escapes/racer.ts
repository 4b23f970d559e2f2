// Another process that exchanges folders for links to the outside and back, as fast as it can, and says
// in the end how often it did.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ground } from './ground.ts';

const source = `
const fs = require('node:fs');
const [counter, outside, ...folders] = process.argv.slice(1);
const waits = [0, 40, 400, 4000, 20000];
const told = fs.openSync(counter, 'r+');
let count = 0;
const wait = (turns) => { for (let turn = 0; turn < turns; turn++); };
const quietly = (act) => { try { act(); } catch {} };
for (let round = 0; ; round++) {
  const folder = folders[round % folders.length];
  const away = folder + '.away';
  try {
    fs.renameSync(folder, away);
    fs.symlinkSync(outside, folder);
    wait(waits[round % waits.length]);
    fs.unlinkSync(folder);
    fs.renameSync(away, folder);
    fs.writeSync(told, String(++count).padStart(12), 0);
  } catch {
    quietly(() => fs.lstatSync(folder).isSymbolicLink() && fs.unlinkSync(folder));
    quietly(() => fs.existsSync(folder) && fs.rmSync(away, { recursive: true, force: true }));
    quietly(() => fs.renameSync(away, folder));
    quietly(() => fs.existsSync(folder) || fs.mkdirSync(folder));
  }
  wait(waits[(round >> 2) % waits.length]);
}`;

export class Racer {
  /** Not beside the roots: what stands there must not change. */
  readonly #home = mkdtempSync(join(tmpdir(), 'syncmgr-racer-'));
  readonly #counter = join(this.#home, 'count');
  readonly #child: ChildProcess;

  /** The folders stand side by side: through one that is a link another would be the outside’s. */
  constructor(ground: Ground, folders: readonly string[]) {
    writeFileSync(this.#counter, '0');
    const words = [this.#counter, ground.outside, ...folders];
    this.#child = spawn(process.execPath, ['-e', source, ...words], { stdio: 'ignore' });
  }

  /** It takes a moment to start. */
  async racing(): Promise<void> {
    while (this.#count() === 0) await sleep(2);
  }

  /** How often it exchanged a folder. */
  async stop(): Promise<number> {
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await exited;
    const count = this.#count();
    rmSync(this.#home, { recursive: true });
    return count;
  }

  #count(): number {
    return Number(readFileSync(this.#counter, 'utf8'));
  }
}
