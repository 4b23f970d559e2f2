// One line of text that a person writes: its label, what it means, what is wrong with it.
import { TextInput } from '@mantine/core';

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly type?: 'text' | 'time' | 'search';
  /** Of its column, in pixels. */
  readonly width?: number;
  readonly disabled?: boolean;
  onChange(value: string): void;
}

export function Field({ hint, width, type = 'text', onChange, error, ...rest }: FieldProps) {
  return (
    <TextInput
      {...rest}
      type={type}
      description={hint}
      error={error}
      w={width}
      maw="100%"
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
