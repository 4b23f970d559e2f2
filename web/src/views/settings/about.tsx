// Which manager this is.
import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { aboutQuery } from '../../data/queries.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Name } from '../../parts/name.tsx';
import { Section } from '../../parts/section.tsx';

export function About() {
  return (
    <Section title="This manager">
      <Loaded query={useQuery(aboutQuery)}>
        {({ version, process, state, configuration, service }) => (
          <Table variant="vertical" fz="sm">
            <Table.Tbody>
              <Fact name="Version">{version}</Fact>
              <Fact name="Process">{process}</Fact>
              <Fact name="Running since">
                <Moment at={service?.startedAt ?? null} none="not by itself" />
              </Fact>
              <Fact name="Addresses">{service?.addresses.join(', ') ?? 'none'}</Fact>
              <Fact name="What you edit">
                <Name text={configuration} />
              </Fact>
              <Fact name="Store">
                <Name text={state} />
              </Fact>
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
    </Section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th w={160}>{name}</Table.Th>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  );
}
