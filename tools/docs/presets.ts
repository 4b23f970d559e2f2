// The part of docs/command.md that tells of each preset, from the files that are shipped.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { presetSchema } from '../../src/command/preset-schema.ts';

const root = join(import.meta.dirname, '..', '..');
const page = join(root, 'docs', 'command.md');
const folder = join(root, 'src', 'command', 'presets');
const [begin, end] = ['<!-- presets: generated -->\n', '<!-- presets: end -->'];

export function commandPage(): string {
  const [before = '', rest = ''] = readFileSync(page, 'utf8').split(begin);
  const all = readdirSync(folder).sort((one, other) => (one < other ? -1 : 1));
  return `${before}${begin}\n${all.map(section).join('\n')}\n${end}${rest.split(end)[1] ?? ''}`;
}

function section(file: string): string {
  const preset = presetSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const { requires } = preset.settings as { requires?: Record<string, unknown> };
  const rows = Object.entries(preset.parameters).map(
    ([name, { is, says, default: usual, optional }]) => {
      const left = optional === true ? 'may be left out' : 'needed';
      const value = usual === undefined ? left : `\`${JSON.stringify(usual)}\``;
      return `| \`${name}\` | ${is} | ${says} | ${value} |`;
    },
  );
  return `### ${preset.name}

${preset.says} Needs \`${requires?.program}\`: Debian \`${requires?.debian}\`, brew \`${requires?.brew}\`.

| parameter | is a | says | if left out |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
