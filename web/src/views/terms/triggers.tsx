// What starts it by itself.
import { Button, Checkbox, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  newSchedule,
  type ScheduleForm,
  type TriggersForm,
  triggersForm,
  triggersWords,
} from '../../core/terms-form.ts';
import type { TermsPart } from '../../data/file-draft.ts';
import { Field } from '../../parts/field.tsx';
import { Section } from '../../parts/section.tsx';
import { ScheduleRow } from './schedule-row.tsx';

interface TriggersProps extends TermsPart {
  readonly partnership: string;
}

export function Triggers({ draft, partnership }: TriggersProps) {
  const form = triggersForm(draft.keys.triggers);
  const put = (change: Partial<TriggersForm>) =>
    draft.put('triggers', triggersWords({ ...form, ...change }));
  const putSchedule = (at: number, next: ScheduleForm | null) =>
    put({
      schedules: form.schedules.flatMap((one, index) =>
        index === at ? (next === null ? [] : [next]) : [one],
      ),
    });
  return (
    <Section
      title="When it starts by itself"
      says="Any of these is enough. Without one it runs only when you, or a program, say so."
    >
      <Stack gap="md">
        {form.schedules.map((one, at) => (
          <ScheduleRow
            // Rows have no name but their place.
            key={at}
            number={at + 1}
            form={one}
            partnership={partnership}
            error={draft.faultAt(`triggers/schedule/${at}`)}
            onChange={(next) => putSchedule(at, next)}
          />
        ))}
        <Group>
          <Button
            variant="default"
            size="xs"
            onClick={() => put({ schedules: [...form.schedules, newSchedule] })}
          >
            {form.schedules.length === 0 ? 'Add a time' : 'Add another time'}
          </Button>
        </Group>
        <Occasions form={form} put={put} draft={draft} />
      </Stack>
    </Section>
  );
}

interface OccasionsProps extends TermsPart {
  readonly form: TriggersForm;
  put(change: Partial<TriggersForm>): void;
}

function Occasions({ form, put, draft }: OccasionsProps) {
  return (
    <Stack gap="sm">
      <Tick
        label="When a connection comes up"
        hint="And the other end answers, if one is named below"
        on={form.connect}
        onChange={(connect) => put({ connect })}
      />
      <Tick
        label="Before the computer sleeps or goes down"
        hint="As far as the time reaches, the smallest first"
        on={form.pendingDisconnect}
        onChange={(pendingDisconnect) => put({ pendingDisconnect })}
      />
      <Change form={form} put={put} draft={draft} />
      <Idle form={form} put={put} draft={draft} />
      <Tick label="When the manager starts" on={form.start} onChange={(start) => put({ start })} />
      <Tick
        label="When a volume appears"
        hint="A stick, a disk, a share"
        on={form.volume !== null}
        onChange={(on) => put({ volume: on ? '' : null })}
      >
        <Field
          label="Where it is mounted"
          hint="Empty: any on which one of the folders stands"
          placeholder="/media/stick"
          value={form.volume ?? ''}
          onChange={(volume) => put({ volume })}
        />
      </Tick>
    </Stack>
  );
}

function Change({ form, put, draft }: OccasionsProps) {
  const { change } = form;
  const now = change ?? { settle: '', scan: '' };
  return (
    <Tick
      label="When something changes"
      hint="The folders are watched"
      on={change !== null}
      onChange={(on) => put({ change: on ? now : null })}
    >
      <Group align="flex-start" gap="sm">
        <Field
          label="After so long without a change"
          placeholder="2s"
          value={now.settle}
          error={draft.faultAt('triggers/change/settle')}
          onChange={(settle) => put({ change: { ...now, settle } })}
        />
        <Field
          label="And look in any case every"
          placeholder="1h"
          value={now.scan}
          error={draft.faultAt('triggers/change/scan')}
          onChange={(scan) => put({ change: { ...now, scan } })}
        />
      </Group>
    </Tick>
  );
}

function Idle({ form, put, draft }: OccasionsProps) {
  const { idle } = form;
  const now = idle ?? { after: '', repeat: '', onBattery: false };
  return (
    <Tick
      label="While nobody is at the computer"
      on={idle !== null}
      onChange={(on) => put({ idle: on ? now : null })}
    >
      <Group align="flex-start" gap="sm">
        <Field
          label="After so long"
          placeholder="5m"
          value={now.after}
          error={draft.faultAt('triggers/idle/after')}
          onChange={(after) => put({ idle: { ...now, after } })}
        />
        <Field
          label="And again every"
          placeholder="1h"
          value={now.repeat ?? ''}
          error={draft.faultAt('triggers/idle/repeat')}
          disabled={now.repeat === null}
          onChange={(repeat) => put({ idle: { ...now, repeat } })}
        />
      </Group>
      <Checkbox
        label="Only once, until somebody comes back"
        checked={now.repeat === null}
        onChange={(event) =>
          put({ idle: { ...now, repeat: event.currentTarget.checked ? null : '' } })
        }
      />
      <Checkbox
        label="On battery too"
        checked={now.onBattery}
        onChange={(event) => put({ idle: { ...now, onBattery: event.currentTarget.checked } })}
      />
    </Tick>
  );
}

interface TickProps {
  readonly label: string;
  readonly hint?: string;
  readonly on: boolean;
  /** Shown while it is ticked. */
  readonly children?: ReactNode;
  onChange(on: boolean): void;
}

function Tick({ label, hint, on, children, onChange }: TickProps) {
  return (
    <div>
      <Checkbox
        label={label}
        description={hint}
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {on && children !== undefined ? (
        <Stack gap="xs" pl={32} pt="xs">
          {children}
        </Stack>
      ) : null}
    </div>
  );
}
