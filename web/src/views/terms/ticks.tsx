// Which items take part when something starts by itself: for each trigger, on any connection or on one, as
// the settings dialog of the old manager had it. A tick is kept at once.
import { Checkbox, Group, ScrollArea, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { legible } from '../../core/hostile.ts';
import { tickedTriggers, triggerWords } from '../../core/trigger-words.ts';
import { useAct } from '../../data/queries.ts';
import * as api from '../../data/settings-api.ts';
import { connectionsQuery, ticksQuery } from '../../data/settings-queries.ts';
import type { ConnectionShape, TicksShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Field } from '../../parts/field.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Name } from '../../parts/name.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';

const shownMax = 200;
const anyConnection = '';

export function Ticks({ partnership }: { readonly partnership: string }) {
  const [trigger, setTrigger] = useState<(typeof tickedTriggers)[number]>('connect');
  const [connection, setConnection] = useState(anyConnection);
  const connections = useQuery(connectionsQuery).data ?? [];
  const query = useQuery(ticksQuery(partnership, trigger, connection || null));
  return (
    <Section
      title="Which items take part"
      says="An item with a tick takes part in that occasion, also where the partnership itself does not name it above."
    >
      <Group gap="sm">
        <Select
          label="When"
          w={260}
          maw="100%"
          allowDeselect={false}
          data={tickedTriggers.map((value) => ({ value, label: triggerWords[value] }))}
          value={trigger}
          onChange={(next) => setTrigger((next ?? 'connect') as typeof trigger)}
        />
        <Select
          label="On which connection"
          w={260}
          maw="100%"
          allowDeselect={false}
          data={[
            { value: anyConnection, label: 'Any' },
            ...connections.map((one) => ({ value: one.name, label: connectionWords(one) })),
          ]}
          value={connection}
          onChange={(next) => setConnection(next ?? anyConnection)}
        />
      </Group>
      <Loaded query={query}>
        {(ticks) => (
          <TickList key={`${trigger}\0${connection}`} partnership={partnership} ticks={ticks} />
        )}
      </Loaded>
    </Section>
  );
}

function connectionWords({ name, ssid, kind, up }: ConnectionShape): string {
  const what = ssid ?? kind;
  return legible(`${name}${what === null ? '' : ` (${what})`}${up ? '' : ', not here now'}`);
}

type Ticked = Readonly<Record<string, boolean>>;

interface TickListProps {
  readonly partnership: string;
  readonly ticks: TicksShape;
}

function TickList({ partnership, ticks }: TickListProps) {
  const [search, setSearch] = useState('');
  const { trigger, connection, items, byItself } = ticks;
  // What was clicked shows in the same moment, until the last click of several has been answered. Whether
  // the request is pending would be known a moment later only, and of the last one: boxes would blink.
  const [clicked, setClicked] = useState<Ticked>({});
  const set = useAct(
    (ticked: Ticked) => api.setTicks(partnership, { trigger, connection, ticked }),
    ['ticks', 'connections', 'freshness'],
  );
  const tick = (ticked: Ticked) => {
    setClicked((before) => ({ ...before, ...ticked }));
    set.mutate(ticked, { onSettled: () => setClicked({}) });
  };
  const now = (id: string, ticked: boolean) => clicked[id] ?? ticked;
  const fitting = items.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  const setAll = (on: boolean) => tick(Object.fromEntries(fitting.map(({ id }) => [id, on])));
  if (items.length === 0) return <Text size="sm">It has no items just now.</Text>;
  return (
    <Stack gap="xs">
      {byItself ? (
        <Text size="sm" c="dimmed">
          The partnership names this occasion itself: items count by their own default until you
          tick here.
        </Text>
      ) : null}
      {items.length > 8 ? (
        <Group align="flex-end" gap="xs">
          <Field label="Search the items" type="search" value={search} onChange={setSearch} />
          <Checkbox
            label={`All ${amounts.count(fitting.length)}`}
            checked={fitting.every(({ id, ticked }) => now(id, ticked))}
            indeterminate={
              fitting.some(({ id, ticked }) => now(id, ticked)) &&
              !fitting.every(({ id, ticked }) => now(id, ticked))
            }
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        </Group>
      ) : null}
      <ScrollArea.Autosize mah={320} type="auto">
        <Stack gap={6} role="group" aria-label="Items">
          {fitting.slice(0, shownMax).map(({ id, name, ticked }) => (
            <Checkbox
              key={id}
              label={<Name text={name} />}
              checked={now(id, ticked)}
              onChange={(event) => tick({ [id]: event.currentTarget.checked })}
            />
          ))}
          {fitting.length > shownMax ? (
            <Text size="sm" c="dimmed">
              And {amounts.count(fitting.length - shownMax)} more: search for them.
            </Text>
          ) : null}
        </Stack>
      </ScrollArea.Autosize>
      {set.error === null ? null : <Trouble error={set.error} />}
    </Stack>
  );
}
