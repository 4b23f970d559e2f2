// A form made from a JSON Schema: what a handler asks, its settings, its properties.
import {
  JsonInput,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { legible } from '../core/hostile.ts';
import { type Field, fieldsOf } from '../core/schema-fields.ts';
import type { JsonObject } from '../data/shapes.ts';

type Json = JsonObject[string];

interface SchemaFormProps {
  readonly schema: unknown;
  readonly values: JsonObject;
  /** Only these, if named. */
  readonly fields?: readonly Field[];
  faultAt?(key: string): string | undefined;
  onChange(values: JsonObject): void;
}

export function SchemaForm({ schema, values, fields, faultAt, onChange }: SchemaFormProps) {
  const put = (key: string, value: Json) => onChange({ ...values, [key]: value });
  return (
    <Stack gap="sm">
      {(fields ?? fieldsOf(schema)).map((field) => (
        <FieldInput
          key={field.key}
          field={field}
          value={values[field.key] ?? null}
          error={faultAt?.(field.key)}
          put={(value) => put(field.key, value)}
        />
      ))}
    </Stack>
  );
}

interface FieldInputProps {
  readonly field: Field;
  readonly value: Json;
  readonly error: string | undefined;
  put(value: Json): void;
}

function FieldInput({ field, value, error, put }: FieldInputProps) {
  const { kind, usual } = field;
  const words = {
    label: legible(field.label),
    description: field.hint === null ? undefined : legible(field.hint),
    required: field.required,
    error: error === undefined ? undefined : legible(error),
    placeholder: typeof usual === 'string' || typeof usual === 'number' ? `${usual}` : undefined,
  };
  if (kind.is === 'switch') {
    const { required: _, placeholder: __, ...plain } = words;
    return (
      <Switch
        {...plain}
        checked={(value ?? usual) === true}
        onChange={(event) => put(event.currentTarget.checked)}
      />
    );
  }
  if (kind.is === 'choice') {
    return (
      <Select
        {...words}
        data={kind.of.map((one) => ({ value: one, label: legible(one) }))}
        value={typeof value === 'string' ? value : null}
        clearable={!field.required}
        clearButtonProps={{ 'aria-label': `Clear ${words.label}` }}
        onChange={put}
      />
    );
  }
  if (kind.is === 'number') {
    return (
      <NumberInput
        {...words}
        allowDecimal={!kind.whole}
        min={kind.min ?? undefined}
        max={kind.max ?? undefined}
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => put(typeof next === 'number' ? next : null)}
      />
    );
  }
  if (kind.is === 'list') {
    const list = Array.isArray(value) ? value.map(String) : [];
    // A list of one text cannot be required by the browser: the field between its entries is empty.
    const { required: _, ...plain } = words;
    return <TagsInput {...plain} value={list} onChange={put} placeholder="Enter adds one" />;
  }
  if (kind.is === 'json') {
    return <JsonText {...words} value={value} put={put} />;
  }
  const Input = kind.secret ? PasswordInput : TextInput;
  return (
    <Input
      {...words}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => put(event.currentTarget.value)}
    />
  );
}

interface JsonTextProps {
  readonly label: string;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly error: string | undefined;
  readonly placeholder: string | undefined;
  readonly value: Json;
  put(value: Json): void;
}

function JsonText({ value, put, ...words }: JsonTextProps) {
  return (
    <JsonInput
      {...words}
      autosize
      minRows={2}
      formatOnBlur
      validationError="This is no JSON."
      defaultValue={value === null ? '' : JSON.stringify(value, null, 2)}
      onChange={(text) => {
        try {
          put(JSON.parse(text) as Json);
        } catch {
          // It is still being written.
        }
      }}
    />
  );
}
