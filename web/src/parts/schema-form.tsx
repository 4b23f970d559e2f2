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
  onChange(values: JsonObject): void;
}

export function SchemaForm({ schema, values, onChange }: SchemaFormProps) {
  const put = (key: string, value: Json) => onChange({ ...values, [key]: value });
  return (
    <Stack gap="sm">
      {fieldsOf(schema).map((field) => (
        <FieldInput
          key={field.key}
          field={field}
          value={values[field.key] ?? null}
          put={(value) => put(field.key, value)}
        />
      ))}
    </Stack>
  );
}

interface FieldInputProps {
  readonly field: Field;
  readonly value: Json;
  put(value: Json): void;
}

function FieldInput({ field, value, put }: FieldInputProps) {
  const { kind } = field;
  const words = {
    label: legible(field.label),
    description: field.hint === null ? undefined : legible(field.hint),
    required: field.required,
  };
  if (kind.is === 'switch') {
    const { required: _, ...plain } = words;
    return (
      <Switch
        {...plain}
        checked={value === true}
        onChange={(event) => put(event.currentTarget.checked)}
      />
    );
  }
  if (kind.is === 'choice') {
    return (
      <Select
        {...words}
        data={[...kind.of]}
        value={typeof value === 'string' ? value : null}
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
    return <TagsInput {...words} value={list} onChange={put} placeholder="Enter adds one" />;
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
