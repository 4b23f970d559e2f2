// The properties of an item or of its handler. What they show is the handler's: it asks, and the
// question opens like every other.
import { Button, Menu, Modal } from '@mantine/core';
import { legible } from '../../core/hostile.ts';
import { useAct } from '../../data/queries.ts';
import { openProperties } from '../../data/settings-api.ts';
import { Trouble } from '../../parts/trouble.tsx';

interface PropertiesProps {
  readonly partnership: string;
  /** Null: of the handler. */
  readonly item: string | null;
}

export type Properties = ReturnType<typeof useProperties>;

export const useProperties = ({ partnership, item }: PropertiesProps) =>
  useAct(() => openProperties(partnership, item), ['items', 'question']);

export function PropertiesItem({ properties }: { readonly properties: Properties }) {
  return <Menu.Item onClick={() => properties.mutate(undefined)}>Properties…</Menu.Item>;
}

export function PropertiesTrouble({
  properties: { error, reset },
}: {
  readonly properties: Properties;
}) {
  return (
    <Modal opened={error !== null} onClose={reset} title="The properties did not open">
      {error === null ? null : <Trouble error={error} />}
    </Modal>
  );
}

export function PropertiesButton({ name, ...of }: PropertiesProps & { readonly name: string }) {
  const properties = useProperties(of);
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        aria-label={`Properties of ${legible(name)}`}
        loading={properties.isPending}
        onClick={() => properties.mutate(undefined)}
      >
        Properties…
      </Button>
      <PropertiesTrouble properties={properties} />
    </>
  );
}
