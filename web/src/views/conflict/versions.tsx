// The versions side by side.
import { Paper, SimpleGrid, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ConflictShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Moment } from '../../parts/moment.tsx';
import { Name } from '../../parts/name.tsx';

type Version = ConflictShape['versions'][number];

export function Versions({ conflict }: { readonly conflict: ConflictShape }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: Math.max(1, conflict.versions.length) }}>
      {conflict.versions.map((version) => (
        <VersionCard key={version.side} version={version} />
      ))}
    </SimpleGrid>
  );
}

function VersionCard({ version }: { readonly version: Version }) {
  const { side, present, kind, size, modifiedAt, location } = version;
  return (
    <Paper withBorder p="md" component="section" aria-label={`The version on the ${side}`}>
      <Text fw={650} mb="xs">
        {side}
      </Text>
      {present ? (
        <Table variant="vertical" layout="fixed" fz="sm">
          <Table.Tbody>
            <Fact name="What">{kind}</Fact>
            <Fact name="Size">{size === null ? 'not known' : amounts.size(size)}</Fact>
            <Fact name="Changed">
              <Moment
                at={modifiedAt === null ? null : new Date(modifiedAt).toISOString()}
                none="not known"
              />
            </Fact>
            {location === null ? null : (
              <Fact name="Where">
                <Name text={location} max={90} />
              </Fact>
            )}
          </Table.Tbody>
        </Table>
      ) : (
        <Text size="sm" c="dimmed">
          Deleted here.
        </Text>
      )}
    </Paper>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th w={100}>{name}</Table.Th>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  );
}
