// The examination of the whole installation.
import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { doctorQuery } from '../../data/queries.ts';
import type { Finding } from '../../data/shapes.ts';
import { Name } from '../../parts/name.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';

export function Doctor() {
  const client = useQueryClient();
  const query = useQuery({ ...doctorQuery, enabled: false });
  return (
    <Section title="Examination">
      <Group>
        <Button
          size="xs"
          variant="default"
          loading={query.isFetching}
          onClick={() => void client.fetchQuery({ ...doctorQuery, staleTime: 0 }).catch(() => {})}
        >
          Examine this installation
        </Button>
      </Group>
      {query.error === null ? null : <Trouble error={query.error} />}
      {query.data === undefined ? null : <Findings findings={query.data} />}
    </Section>
  );
}

const colors = { ok: 'teal', warning: 'yellow', error: 'red' } as const;

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <Table mt="sm" fz="sm">
      <Table.Tbody>
        {findings.map(({ topic, level, text, advice }) => (
          <Table.Tr key={`${topic}${text}`}>
            <Table.Td>
              <Badge color={colors[level]} variant="light" tt="none" autoContrast>
                {level}
              </Badge>
            </Table.Td>
            <Table.Td>
              <Name text={topic} max={40} />
            </Table.Td>
            <Table.Td>
              <Name text={text} max={200} />
              {advice === null ? null : (
                <Text size="xs" c="dimmed">
                  <Name text={advice} max={300} />
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
