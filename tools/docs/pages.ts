// Every page that is generated from the code. A test holds the written ones against these.
import { openApiDocument } from '../../src/server/http/openapi.ts';
import { cliPage } from './cli.ts';
import { errorsPage } from './errors.ts';
import { faultsPage } from './faults.ts';
import { schemaPage } from './forms.ts';
import { architecturePage } from './imports.ts';
import { commandPage } from './presets.ts';
import { protocolPage } from './protocol.ts';

export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  text(): string;
}

export const generatedPages: readonly Page[] = [
  { path: 'docs/errors.md', text: errorsPage },
  { path: 'docs/cli.md', text: cliPage },
  { path: 'docs/faults.md', text: faultsPage },
  { path: 'docs/command.md', text: commandPage },
  { path: 'docs/openapi.json', text: () => `${JSON.stringify(openApiDocument(), null, 2)}\n` },
  { path: 'docs/protocol.md', text: protocolPage },
  { path: 'docs/protocol.schema.json', text: schemaPage },
  { path: 'ARCHITECTURE.md', text: architecturePage },
];
