// When things run by themselves.
import { Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { partnershipsQuery } from '../data/queries.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Name } from '../parts/name.tsx';

export function ScheduleView() {
  return (
    <Stack>
      <Title order={1} size="h2">
        Schedule
      </Title>
      <Loaded query={useQuery(partnershipsQuery)}>
        {(partnerships) => (
          <Paper withBorder>
            <Table verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Partnership</Table.Th>
                  <Table.Th>Runs by itself on</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {partnerships
                  .filter(({ adHoc }) => !adHoc)
                  .map(({ id, name, triggers }) => (
                    <Table.Tr key={id}>
                      <Table.Td>
                        <Name text={name} />
                      </Table.Td>
                      <Table.Td>
                        {triggers.length === 0 ? (
                          <Text c="dimmed" size="sm">
                            nothing: only when you say so
                          </Text>
                        ) : (
                          triggers.join(', ')
                        )}
                      </Table.Td>
                    </Table.Tr>
                  ))}
              </Table.Tbody>
            </Table>
          </Paper>
        )}
      </Loaded>
    </Stack>
  );
}
