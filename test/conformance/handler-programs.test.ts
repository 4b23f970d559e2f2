// The host of programs does what every host must: the very same handlers, each in a process of its own.
import { join } from 'node:path';
import process from 'node:process';
import { after } from 'node:test';
import { programBed } from '../support/process-host.ts';
import { handlerHostConformance } from './handler-host.ts';

const program = join(import.meta.dirname, '..', 'fixtures', 'scenario-program.ts');
const bed = programBed(after);

handlerHostConformance('a host of programs', async (name) =>
  bed.handler(name, [process.execPath, program, name]),
);
