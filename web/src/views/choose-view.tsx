// Items to synchronize: the choice of a request that waits for a person.
import { Button, Checkbox, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import * as api from '../data/api.ts';
import { choicesQuery, useAct } from '../data/queries.ts';
import type { ChoiceShape } from '../data/shapes.ts';
import { amounts } from '../parts/amounts.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Name } from '../parts/name.tsx';
import { Trouble } from '../parts/trouble.tsx';

export function ChooseView() {
  const { request } = useParams({ strict: false }) as { readonly request: string };
  return (
    <Loaded query={useQuery(choicesQuery(request))}>
      {(choices) =>
        choices.length === 0 ? (
          <Empty title="Nothing waits for your choice" alone>
            <Text>The request has gone on, or was withdrawn.</Text>
          </Empty>
        ) : (
          <Choose request={request} choices={choices} />
        )
      }
    </Loaded>
  );
}

interface ChooseProps {
  readonly request: string;
  readonly choices: readonly ChoiceShape[];
}

type Ticks = Readonly<Record<string, readonly string[]>>;

function Choose({ request, choices }: ChooseProps) {
  const navigate = useNavigate();
  const [ticks, setTicks] = useState<Ticks>(() => tickedIn(choices));
  const [remember, setRemember] = useState(false);
  const confirm = useAct(
    () => api.confirm(request, ticks, remember),
    ['running', 'choices'],
    () => void navigate({ to: '/progress' }),
  );
  const cancel = useAct(
    () => api.cancel(request),
    ['running', 'choices'],
    () => void navigate({ to: '/' }),
  );
  const count = Object.values(ticks).reduce((sum, items) => sum + items.length, 0);
  const error = confirm.error ?? cancel.error;
  return (
    <Stack>
      <Title order={1} size="h2">
        Items to synchronize
      </Title>
      {choices.map((choice) => (
        <ChoiceCard
          key={choice.session}
          choice={choice}
          ticked={ticks[choice.session] ?? []}
          onTick={(items) => setTicks({ ...ticks, [choice.session]: items })}
        />
      ))}
      <Checkbox
        label="Remember these ticks"
        checked={remember}
        onChange={(event) => setRemember(event.currentTarget.checked)}
      />
      {error === null ? null : <Trouble error={error} />}
      <Group>
        <Button
          disabled={count === 0}
          loading={confirm.isPending}
          onClick={() => confirm.mutate(undefined)}
        >
          Synchronize {count === 1 ? '1 item' : `${amounts.count(count)} items`}
        </Button>
        <Button variant="default" onClick={() => cancel.mutate(undefined)}>
          Not now
        </Button>
      </Group>
    </Stack>
  );
}

const tickedIn = (choices: readonly ChoiceShape[]): Ticks =>
  Object.fromEntries(
    choices.map(({ session, items }) => [
      session,
      items.filter(({ ticked }) => ticked).map(({ id }) => id),
    ]),
  );

interface ChoiceCardProps {
  readonly choice: ChoiceShape;
  readonly ticked: readonly string[];
  onTick(items: readonly string[]): void;
}

function ChoiceCard({ choice, ticked, onTick }: ChoiceCardProps) {
  const { partnership, handlerName, items } = choice;
  return (
    <Paper withBorder p="md" component="fieldset">
      <Text component="legend" fw={650}>
        <Name text={partnership.name} max={60} />{' '}
        <Text span size="sm" c="dimmed">
          <Name text={handlerName} max={40} />
        </Text>
      </Text>
      <Checkbox.Group value={[...ticked]} onChange={onTick}>
        <Stack gap="xs">
          {items.map(({ id, name }) => (
            <Checkbox key={id} value={id} label={<Name text={name} max={100} />} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Paper>
  );
}
