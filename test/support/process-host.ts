// Handlers in programs of their own for tests: started by the true host with true processes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { processHandler } from '../../src/handler/process-host.ts';
import type { HandlerProgram, ProgramPorts } from '../../src/handler/program.ts';
import { StartBook } from '../../src/handler/start-book.ts';
import { usualPatience } from '../../src/model/handler-source.ts';
import { trueClock } from '../../src/platform/clock.ts';
import { disk } from '../../src/platform/disk.ts';
import { processes } from '../../src/platform/processes.ts';
import { trueRandom } from '../../src/platform/random.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Handler } from '../../src/ports/handler.ts';

export interface ProgramBed {
  readonly folder: string;
  readonly ports: ProgramPorts;
  handler(name: string, command: readonly string[], more?: Partial<HandlerProgram>): Handler;
}

/** `after` is told what is to be done at the end. */
export function programBed(
  after: (work: () => void) => void,
  clock: Clock = trueClock,
): ProgramBed {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-programs-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const world = { filesystem: disk, clock, processes };
  const ports: ProgramPorts = {
    ...world,
    random: trueRandom,
    secrets: { resolve: async (reference) => `value of ${reference}` },
    book: new StartBook({ ...world, folder: join(folder, 'book') }),
    version: '0.0.0',
  };
  return {
    folder,
    ports,
    handler: (name, [program = '', ...rest], more = {}) =>
      processHandler(
        name,
        {
          program,
          arguments: rest,
          folder: join(folder, 'work'),
          environment: { PATH: process.env.PATH ?? '' },
          secrets: {},
          handshakeMs: 10_000,
          patience: usualPatience,
          ...more,
        },
        ports,
      ),
  };
}
