// Who does the work: how each handler stands, what went wrong last, and a try of it.
import {
  Anchor,
  Badge,
  Button,
  Code,
  Group,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { handlerStanding, sourceWords } from '../core/handler-standing.ts';
import { legible } from '../core/hostile.ts';
import { handlersQuery, useAct } from '../data/queries.ts';
import * as api from '../data/settings-api.ts';
import type { HandlerGreeting, HandlerShape } from '../data/shapes.ts';
import { amounts } from '../parts/amounts.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Moment } from '../parts/moment.tsx';
import { Name } from '../parts/name.tsx';
import { ToneBadge } from '../parts/tone-badge.tsx';
import { Trouble } from '../parts/trouble.tsx';

export function HandlersView() {
  return (
    <Stack>
      <div>
        <Title order={1} size="h2">
          Handlers
        </Title>
        <Text size="sm" c="dimmed" maw={640}>
          A handler knows how to keep one kind of thing in step. Others than those that come along
          are named under <Code>handlers:</Code> in config.yaml, and tried before with{' '}
          <Code>syncmgr handler test</Code>.
        </Text>
      </div>
      <Loaded query={useQuery(handlersQuery)}>
        {(handlers) => (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            {handlers.map((handler) => (
              <Card key={handler.name} handler={handler} />
            ))}
          </SimpleGrid>
        )}
      </Loaded>
      <Text size="sm">
        <Anchor component={Link} to="/add">
          Add something to keep in step
        </Anchor>
      </Text>
    </Stack>
  );
}

function Card({ handler }: { readonly handler: HandlerShape }) {
  const { name, disabledSince, apartSince, source, version, partnerships } = handler;
  const greet = useAct(() => api.greetHandler(name), ['handlers']);
  const enable = useAct(() => api.enableHandler(name), ['handlers', 'items'], greet.reset);
  const since = disabledSince ?? apartSince;
  return (
    <Paper withBorder p="md" component="article" aria-label={`Handler ${legible(name)}`}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h4">
            <Name text={name} max={40} />
          </Title>
          <ToneBadge standing={handlerStanding(handler)} />
        </Group>
        <Group gap={6}>
          <Badge variant="light" color="gray" tt="none" autoContrast>
            {sourceWords[source]}
          </Badge>
          {version === null ? null : (
            <Badge variant="light" color="gray" tt="none" autoContrast>
              <Name text={version} max={30} />
            </Badge>
          )}
        </Group>
        <Text size="sm">
          {partnerships === 0 ? (
            'Nothing uses it yet.'
          ) : (
            <Anchor component={Link} to="/" size="sm">
              {partnerships === 1 ? '1 partnership' : `${amounts.count(partnerships)} partnerships`}
            </Anchor>
          )}
        </Text>
        {since === null ? null : (
          <Text size="sm">
            Since <Moment at={since} />. Mend it, then switch it on again.
          </Text>
        )}
        <LastError handler={handler} />
        <Greeting said={greet.data ?? null} />
        {greet.error === null ? null : <Trouble error={greet.error} />}
        {enable.error === null ? null : <Trouble error={enable.error} />}
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            loading={greet.isPending}
            onClick={() => greet.mutate(undefined)}
            aria-label={`Test ${legible(name)}`}
          >
            Test
          </Button>
          {since === null && handler.failures === 0 ? null : (
            <Button size="xs" loading={enable.isPending} onClick={() => enable.mutate(undefined)}>
              Switch on
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

function LastError({ handler: { lastError } }: { readonly handler: HandlerShape }) {
  if (lastError === null) return null;
  return (
    <Text size="sm" component="div">
      Last error <Moment at={lastError.at} />: <Name text={lastError.error.text} max={200} />{' '}
      <Anchor component={Link} to="/results" size="sm">
        To the log
      </Anchor>
    </Text>
  );
}

function Greeting({ said }: { readonly said: HandlerGreeting | null }) {
  if (said === null) return null;
  const { error, items, title, durationMs, partnership } = said;
  if (error !== null) {
    return (
      <Text size="sm" c="red" role="status">
        It does not answer well: <Name text={error.text} max={300} />
      </Text>
    );
  }
  return (
    <Text size="sm" role="status">
      It answers{title === null ? '' : ' as '}
      {title === null ? null : <Name text={title} />} within {amounts.duration(durationMs)}
      {items === null ? '.' : `, with ${items === 1 ? '1 item' : `${amounts.count(items)} items`}`}
      {partnership === null ? null : (
        <>
          {' '}
          for <Name text={partnership} max={40} />.
        </>
      )}
    </Text>
  );
}
