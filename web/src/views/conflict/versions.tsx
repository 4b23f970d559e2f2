// The versions side by side.
import { Badge, Group, Paper, SimpleGrid, Table, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { legible } from '../../core/hostile.ts';
import { hintsOf } from '../../core/version-hints.ts';
import type { ConflictShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Moment } from '../../parts/moment.tsx';
import { Name } from '../../parts/name.tsx';
import { looksLikeImage, Picture } from './picture.tsx';

type Version = ConflictShape['versions'][number];

export function Versions({ conflict }: { readonly conflict: ConflictShape }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: Math.max(1, conflict.versions.length) }}>
      {conflict.versions.map((version) => (
        <VersionCard
          key={version.side}
          conflict={conflict}
          version={version}
          hints={hintsOf(version, conflict.versions)}
        />
      ))}
    </SimpleGrid>
  );
}

interface VersionCardProps {
  readonly conflict: ConflictShape;
  readonly version: Version;
  readonly hints: readonly string[];
}

function VersionCard({ conflict, version, hints }: VersionCardProps) {
  const { side, present, kind, size, modifiedAt, location } = version;
  const [pixels, setPixels] = useState<string | null>(null);
  const isImage = present && kind === 'file' && looksLikeImage(conflict.subject);
  return (
    <Paper withBorder p="md" component="section" aria-label={`The version on the ${legible(side)}`}>
      <Group gap="xs" mb="xs">
        <Text fw={650}>
          <Name text={side} max={40} />
        </Text>
        {hints.map((hint) => (
          <Badge key={hint} size="sm" variant="light" color="blue" tt="none" autoContrast>
            {hint}
          </Badge>
        ))}
      </Group>
      {isImage ? (
        <Picture
          key={conflict.version}
          conflict={conflict.id}
          version={conflict.version}
          side={side}
          onSeen={(width, height) => setPixels(`${width} × ${height}`)}
        />
      ) : null}
      {present ? (
        <Table variant="vertical" layout="fixed" fz="sm">
          <Table.Tbody>
            <Fact name="What">
              <Name text={kind} max={40} />
              {pixels === null ? null : `, ${pixels}`}
            </Fact>
            <Fact name="Size">
              {size === null ? (
                'not known'
              ) : (
                <span title={`${amounts.count(size)} B`}>{amounts.size(size)}</span>
              )}
            </Fact>
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
