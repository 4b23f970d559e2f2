// The part of a menu that holds something back, or lets it go on. What a person starts runs all the same.
import { Button, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../data/queries.ts';
import * as running from '../../data/running.ts';
import type { PauseShape } from '../../data/shapes.ts';
import { momentIn, pauseChoices } from '../../parts/pause-choices.ts';
import { Trouble } from '../../parts/trouble.tsx';

/** Null among the names: everything. */
export function usePause(names: readonly (string | null)[]) {
  const touches = ['items', 'paused', 'why'] as const;
  const pause = useAct(async (until: Date | null) => {
    const at = until?.toISOString() ?? null;
    await Promise.all(names.map((name) => running.pause(name, at)));
  }, touches);
  const resume = useAct(() => Promise.all(names.map((name) => running.resume(name))), touches);
  return { pause, resume, error: pause.error ?? resume.error };
}

interface PauseItemsProps {
  /** Null: there is nothing to resume. */
  readonly paused: PauseShape | null;
  readonly pause: ReturnType<typeof usePause>;
  onAskMoment(): void;
}

export function PauseItems({ paused, pause, onAskMoment }: PauseItemsProps) {
  return (
    <>
      <Menu.Label>Nothing starts by itself</Menu.Label>
      {paused === null ? null : (
        <Menu.Item onClick={() => pause.resume.mutate(undefined)}>Resume now</Menu.Item>
      )}
      {pauseChoices.map(({ label, until }) => (
        <Menu.Item key={label} onClick={() => pause.pause.mutate(until(new Date()))}>
          {label}
        </Menu.Item>
      ))}
      <Menu.Item onClick={onAskMoment}>Until…</Menu.Item>
    </>
  );
}

interface MomentDialogProps {
  readonly opened: boolean;
  readonly pause: ReturnType<typeof usePause>;
  onClose(): void;
}

export function MomentDialog({ opened, pause, onClose }: MomentDialogProps) {
  const [text, setText] = useState('');
  const moment = momentIn(text, new Date());
  return (
    <Modal opened={opened} onClose={onClose} title="Pause until">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (moment !== null) pause.pause.mutate(moment, { onSuccess: onClose });
        }}
      >
        <Stack>
          <TextInput
            type="datetime-local"
            label="Date and time"
            description="In the time of this computer. What you start yourself runs all the same."
            value={text}
            error={text !== '' && moment === null ? 'Choose a moment to come.' : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
          />
          {pause.error === null ? null : <Trouble error={pause.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={moment === null} loading={pause.pause.isPending}>
              Pause
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

export function PausedText({ paused }: { readonly paused: PauseShape }) {
  return (
    <Text span inherit>
      {paused.until === null
        ? 'until you resume it'
        : `until ${new Date(paused.until).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}`}
    </Text>
  );
}
