// A program by its preset, or a handler by what it says of its settings. It runs a program, so a page may
// not add it: what was filled in becomes a command for the terminal, and a file, to be taken from here.
import { Anchor, Button, Group, Paper, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { legible } from '../../core/hostile.ts';
import { fieldsOfOutline, type Outline, outlinesIn, settingsOf } from '../../core/outlines.ts';
import { handlersQuery, useAct } from '../../data/queries.ts';
import * as api from '../../data/settings-api.ts';
import { schemaQuery } from '../../data/settings-queries.ts';
import type { JsonObject } from '../../data/shapes.ts';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { SchemaForm } from '../../parts/schema-form.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { ByHand } from './by-hand.tsx';

export function OutlineForm({ programs }: { readonly programs: boolean }) {
  const handlers = useQuery(handlersQuery).data ?? [];
  const names = handlers.map(({ name }) => name);
  return (
    <Loaded query={useQuery(schemaQuery)}>
      {(schema) => {
        const outlines = outlinesIn(schema, names).filter(
          ({ preset }) => (preset !== null) === programs,
        );
        return outlines.length === 0 ? <NoHandler /> : <Outlines outlines={outlines} />;
      }}
    </Loaded>
  );
}

function NoHandler() {
  return (
    <Empty title="No other handler is named">
      A handler is a module or a program in any language. Name it under handlers: in config.yaml,
      and it is offered here. <Link to="/handlers">The handlers there are</Link>
    </Empty>
  );
}

const titleOf = ({ preset, handler }: Outline) => preset ?? handler;

function Outlines({ outlines }: { readonly outlines: readonly Outline[] }) {
  const [title, setTitle] = useState(outlines[0] === undefined ? '' : titleOf(outlines[0]));
  const chosen = outlines.find((one) => titleOf(one) === title) ?? outlines[0];
  if (chosen === undefined) return null;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Select
          label="Which"
          data={outlines.map((one) => ({ value: titleOf(one), label: legible(titleOf(one)) }))}
          value={titleOf(chosen)}
          allowDeselect={false}
          searchable
          onChange={(next) => setTitle(next ?? titleOf(chosen))}
        />
        {chosen.says === '' ? null : (
          <Text size="sm" c="dimmed">
            {legible(chosen.says)}
          </Text>
        )}
        <Settings key={titleOf(chosen)} outline={chosen} />
      </Stack>
    </Paper>
  );
}

function Settings({ outline }: { readonly outline: Outline }) {
  const [name, setName] = useState('');
  const [values, setValues] = useState<JsonObject>({});
  const fields = fieldsOfOutline(outline);
  const show = useAct(
    () =>
      api.preview({
        name,
        handler: outline.handler,
        settings: settingsOf(outline, values),
        pair: null,
      }),
    [],
  );
  const problems = show.data?.problems ?? [];
  const faultAt = (key: string) =>
    problems.find((one) => `${one.key}.`.startsWith(`settings.${key}.`))?.text;
  const isPlaced = (key: string | null) =>
    fields.some((field) => `${key}.`.startsWith(`settings.${field.key}.`));
  const elsewhere = problems.filter(({ key }) => !isPlaced(key));
  return (
    <Stack
      gap="sm"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        show.mutate(undefined);
      }}
    >
      <Field
        label="Name"
        hint="What you call it: letters, digits and . _ -"
        required
        value={name}
        onChange={setName}
      />
      <SchemaForm
        schema={outline.schema}
        fields={fields}
        values={values}
        faultAt={faultAt}
        onChange={setValues}
      />
      {fields.length === 0 ? (
        <Text size="sm">
          It does not tell what it wants to know: see what its author says, and write its settings
          into the file.
        </Text>
      ) : null}
      <Group>
        <Button type="submit" loading={show.isPending}>
          Check, and show how to add it
        </Button>
        <Anchor component={Link} to="/" size="sm">
          Back to the items
        </Anchor>
      </Group>
      {show.error === null ? null : <Trouble error={show.error} />}
      {elsewhere.map(({ key, text }) => (
        <Text key={`${key}${text}`} size="sm" c="red" role="alert">
          {key === null ? '' : `${key}: `}
          {legible(text)}
        </Text>
      ))}
      {show.data !== undefined && problems.length === 0 ? (
        <ByHand outline={outline} name={name} values={values} preview={show.data} />
      ) : null}
    </Stack>
  );
}
