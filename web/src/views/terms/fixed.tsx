// What can be changed in the file only, because it names programs, secrets or folders: shown as it is.
import { Code } from '@mantine/core';
import { legible } from '../../core/hostile.ts';
import type { KeptFile } from '../../data/shapes.ts';
import classes from '../../parts/copied.module.css';
import { Section } from '../../parts/section.tsx';

export function Fixed({ file: { fixed } }: { readonly file: KeptFile }) {
  const { 'conditions.command': _, ...rest } = fixed;
  const lines = Object.entries(rest);
  if (lines.length === 0) return null;
  return (
    <Section
      title="Only in the file"
      says="These name folders, programs or secrets, and so a page cannot change them: edit the file, and it is read anew at once."
    >
      <Code block className={classes.text}>
        {lines.map(([key, value]) => `${key}: ${legible(wordsOf(value))}`).join('\n')}
      </Code>
    </Section>
  );
}

const wordsOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
