// What else can be done with a partnership. Removing it takes a second step that says what becomes of what.
import { Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Group as ItemGroup } from '../../core/groups.ts';
import { legible } from '../../core/hostile.ts';
import * as api from '../../data/api.ts';
import { useAct } from '../../data/queries.ts';
import * as running from '../../data/running.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { MomentDialog, PauseItems, usePause } from './pause-items.tsx';
import { PropertiesItem, PropertiesTrouble, useProperties } from './properties.tsx';
import { WhyDialog } from './why-dialog.tsx';

interface GroupMenuProps {
  readonly group: ItemGroup;
  run(planOnly: boolean): void;
}

type Dialog = 'why' | 'moment' | 'removal';

/** Of hundreds of rows one menu is opened: until then it is a button and nothing more. */
export function GroupMenu(props: GroupMenuProps) {
  const [isWanted, setWanted] = useState(false);
  if (isWanted) return <WantedMenu {...props} />;
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      aria-haspopup="menu"
      aria-label={`More for ${legible(props.group.name)}`}
      onClick={() => setWanted(true)}
    >
      ⋯
    </Button>
  );
}

function WantedMenu({ group, run }: GroupMenuProps) {
  const { id, name } = group;
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const pause = usePause([id]);
  const properties = useProperties({ partnership: id, item: null });
  const acts = useActs(group);
  const close = () => setDialog(null);
  const isBusy = Object.values(acts).some(({ isPending }) => isPending);
  const error = pause.error ?? acts.choose.error ?? acts.retry.error ?? acts.enable.error;
  return (
    <>
      <Menu position="bottom-end" defaultOpened>
        <Menu.Target>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            loading={isBusy}
            aria-label={`More for ${legible(name)}`}
          >
            ⋯
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <RunItems group={group} run={run} acts={acts} onWhy={() => setDialog('why')} />
          <Menu.Divider />
          <PauseItems paused={group.paused} pause={pause} onAskMoment={() => setDialog('moment')} />
          <Menu.Divider />
          {group.hasProperties ? <PropertiesItem properties={properties} /> : null}
          <PlaceItems group={group} acts={acts} onRemove={() => setDialog('removal')} />
        </Menu.Dropdown>
      </Menu>
      <WhyDialog name={name} opened={dialog === 'why'} onClose={close} onRun={() => run(false)} />
      <MomentDialog opened={dialog === 'moment'} pause={pause} onClose={close} />
      <PropertiesTrouble properties={properties} />
      {error === null || dialog === 'moment' ? null : <Trouble error={error} />}
      <Removal name={name} opened={dialog === 'removal'} onClose={close} />
    </>
  );
}

/** They outlast the menu, which is closed by the click. */
function useActs({ id, name, enabled }: ItemGroup) {
  const navigate = useNavigate();
  return {
    choose: useAct(
      () => api.invoke({ trigger: 'manual', partnerships: [id], startNow: false }),
      ['running'],
      () => void navigate({ to: '/progress' }),
    ),
    retry: useAct(() => running.retry(id), ['running', 'items', 'why']),
    enable: useAct(() => api.setEnabled(name, !enabled), ['items', 'partnerships']),
  };
}

type Acts = ReturnType<typeof useActs>;

interface RunItemsProps extends GroupMenuProps {
  readonly acts: Acts;
  onWhy(): void;
}

function RunItems({ group: { failed }, run, acts, onWhy }: RunItemsProps) {
  return (
    <>
      <Menu.Item onClick={() => run(true)}>Make a plan only</Menu.Item>
      <Menu.Item onClick={() => acts.choose.mutate(undefined)}>Choose items and run…</Menu.Item>
      {failed ? (
        <Menu.Item onClick={() => acts.retry.mutate(undefined)}>Try again what failed</Menu.Item>
      ) : null}
      <Menu.Item onClick={onWhy}>Why not now?</Menu.Item>
    </>
  );
}

interface PlaceItemsProps {
  readonly group: ItemGroup;
  readonly acts: Acts;
  onRemove(): void;
}

function PlaceItems({ group: { name, enabled }, acts, onRemove }: PlaceItemsProps) {
  return (
    <>
      <Menu.Item
        renderRoot={(props) => <Link to="/history" search={{ partnership: name }} {...props} />}
      >
        History
      </Menu.Item>
      <Menu.Item
        renderRoot={(props) => <Link to="/results" search={{ partnership: name }} {...props} />}
      >
        Results
      </Menu.Item>
      <Menu.Item
        renderRoot={(props) => (
          <Link to="/schedule/$partnership" params={{ partnership: name }} {...props} />
        )}
      >
        When it runs
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item onClick={() => acts.enable.mutate(undefined)}>
        {enabled ? 'Switch off' : 'Switch on'}
      </Menu.Item>
      <Menu.Item c="var(--mantine-color-red-light-color)" onClick={onRemove}>
        Remove from the list…
      </Menu.Item>
    </>
  );
}

interface RemovalProps {
  readonly name: string;
  readonly opened: boolean;
  onClose(): void;
}

function Removal({ name, opened, onClose }: RemovalProps) {
  const remove = useAct(() => api.remove(name), ['items', 'partnerships'], onClose);
  return (
    <Modal opened={opened} onClose={onClose} title={`Remove ${legible(name)} from the list?`}>
      <Stack>
        <Text size="sm">
          It does not run any more, and what is agreed between its sides is forgotten. No file of
          yours is touched.
        </Text>
        {remove.error === null ? null : <Trouble error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
            Remove
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
