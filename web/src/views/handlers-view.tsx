// Who does the work.
import { Anchor, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { handlersQuery } from '../data/queries.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Name } from '../parts/name.tsx';

export function HandlersView() {
  return (
    <Stack>
      <Title order={1} size="h2">
        Handlers
      </Title>
      <Text size="sm" c="dimmed" maw={640}>
        A handler knows how to keep one kind of thing in step. Others than those that come along are
        named in config.yaml, and tried with: syncmgr handler test
      </Text>
      <Loaded query={useQuery(handlersQuery)}>
        {(handlers) => (
          <Paper withBorder>
            <Table verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Handler</Table.Th>
                  <Table.Th ta="end">Partnerships</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {handlers.map((handler) => (
                  <Table.Tr key={handler.name}>
                    <Table.Td>
                      <Name text={handler.name} />
                    </Table.Td>
                    <Table.Td ta="end">{handler.partnerships}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Paper>
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
