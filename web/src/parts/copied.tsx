// A text to be taken from the page: shown whole, and copied with one button.
import { Button, Code, CopyButton, Group } from '@mantine/core';
import { legible } from '../core/hostile.ts';
import classes from './copied.module.css';

export function Copied({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div>
      <Code block className={classes.text} tabIndex={0} aria-label={label.replace('Copy ', '')}>
        {text.split('\n').map(legible).join('\n')}
      </Code>
      <Group justify="flex-end" mt={4}>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? 'Copied' : label}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
