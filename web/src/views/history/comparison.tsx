// Two runs beside each other.
import { Button, Group, Paper, Table, Text } from '@mantine/core';
import { type ComparedRow, comparisonOf, inOrder } from '../../core/comparison.ts';
import { standingOfPhase } from '../../core/standing.ts';
import type { SessionShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Moment } from '../../parts/moment.tsx';
import { Name } from '../../parts/name.tsx';
import { ToneBadge } from '../../parts/tone-badge.tsx';

interface ComparisonProps {
  readonly chosen: readonly SessionShape[];
  onClear(): void;
}

export function Comparison({ chosen, onClear }: ComparisonProps) {
  const [one, other] = chosen;
  if (one === undefined) return null;
  if (other === undefined) {
    return (
      <Text size="sm" c="dimmed" aria-live="polite">
        Mark a second run to compare the two.
      </Text>
    );
  }
  const pair = inOrder(one, other);
  return (
    <Paper withBorder p="sm" component="section" aria-label="Two runs compared">
      <Table fz="sm" layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Two runs compared</Table.Th>
            {pair.map((session) => (
              <Table.Th key={session.id} ta="end">
                <Head session={session} />
              </Table.Th>
            ))}
            <Table.Th ta="end">Difference</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {comparisonOf(...pair).map((row) => (
            <Row key={row.label} row={row} />
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end" mt="xs">
        <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
          Clear the marks
        </Button>
      </Group>
    </Paper>
  );
}

function Head({ session: { partnership, phase, startedAt } }: { readonly session: SessionShape }) {
  return (
    <>
      <div>
        <Name text={partnership.name} max={40} />
      </div>
      <Text size="xs" c="dimmed">
        <Moment at={startedAt} />
      </Text>
      <ToneBadge standing={standingOfPhase(phase)} />
    </>
  );
}

function Row({ row: { label, unit, earlier, later } }: { readonly row: ComparedRow }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Name text={label} max={60} />
      </Table.Td>
      <Table.Td ta="end">{shown(earlier, unit)}</Table.Td>
      <Table.Td ta="end">{shown(later, unit)}</Table.Td>
      <Table.Td ta="end">
        {earlier === null || later === null ? '—' : difference(later - earlier, unit)}
      </Table.Td>
    </Table.Tr>
  );
}

const shown = (value: number | null, unit: ComparedRow['unit']) =>
  value === null ? '—' : amounts[unit](value);

function difference(value: number, unit: ComparedRow['unit']): string {
  if (value === 0) return 'none';
  return `${value > 0 ? '+' : '−'}${amounts[unit](Math.abs(value))}`;
}
