// docs/protocol.md: written by hand, with the form of each message put in from the schemas. A message
// without its place in the document is an error, and so is a place without its message.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forms } from './forms.ts';

const path = join(import.meta.dirname, '..', '..', 'docs', 'protocol.md');
const place = /<!-- form: (.+?) -->\n(?:```text\n[\s\S]*?```\n)?/g;

export function protocolPage(): string {
  const text = readFileSync(path, 'utf8');
  const all = new Map(forms());
  const page = text.replace(place, (_, name: string) => {
    const form = all.get(name);
    if (form === undefined) throw new Error(`docs/protocol.md: there is no form ${name}`);
    all.delete(name);
    return `<!-- form: ${name} -->\n\`\`\`text\n${titleOf(name)}: ${form}\n\`\`\`\n`;
  });
  if (all.size > 0) throw new Error(`docs/protocol.md lacks: ${[...all.keys()].join(', ')}`);
  return page;
}

const titleOf = (name: string) => (name.includes(' ') ? (name.split(' ')[1] ?? '') : `‹${name}›`);
