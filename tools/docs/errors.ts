// docs/errors.md from the catalogue of errors.
import { errorCatalogue } from '../../src/model/catalogue.ts';

export function errorsPage(): string {
  const rows = Object.entries(errorCatalogue).map(
    ([code, { retry, sentence }]) => `| \`${code}\` | ${retry} | ${cell(sentence)} |`,
  );
  return `# Errors

Generated from \`src/model/catalogue.ts\` by \`npm run docs\`. Every failure has a code, which never
changes its meaning and is never used again, and a class that says who can help:

- **temporary**: trying again may help
- **needs-person**: somebody has to decide or repair something
- **auth**: somebody has to sign in again
- **quota**: room has to be made
- **fatal**: nothing helps but a repair of the program or the handler

\`{name}\` stands for a detail that is filled in.

| code | class | what it says |
| --- | --- | --- |
${rows.join('\n')}
`;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
