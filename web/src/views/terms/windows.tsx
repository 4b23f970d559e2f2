// Windows of time: from, to, on which days. One that ends before it begins ends on the next day.
import { Button, Chip, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { newWindow, type WindowForm } from '../../core/terms-form.ts';
import { Field } from '../../parts/field.tsx';
import { weekdays } from '../../parts/weekdays.ts';

interface WindowsProps<T extends WindowForm> {
  /** What one is called: `Window`. */
  readonly name: string;
  readonly add: string;
  readonly windows: readonly T[];
  readonly fresh: T;
  /** What stands in a row beside the times. */
  beside?(window: T, put: (window: T) => void, at: number): ReactNode;
  onChange(windows: readonly T[]): void;
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export const plainWindow: WindowForm = newWindow;

export function Windows<T extends WindowForm>(props: WindowsProps<T>) {
  const { name, add, windows, fresh, beside, onChange } = props;
  const putAt = (at: number, next: T) =>
    onChange(windows.map((one, index) => (index === at ? next : one)));
  return (
    <Stack gap="sm">
      {windows.map((window, at) => (
        // Rows have no name but their place.
        <Stack key={at} gap={6} role="group" aria-label={`${name} ${at + 1}`}>
          <Group align="flex-end" gap="sm">
            <Field
              label="From"
              type="time"
              width={130}
              value={window.from}
              onChange={(from) => putAt(at, { ...window, from })}
            />
            <Field
              label="To"
              type="time"
              width={130}
              value={window.to}
              onChange={(to) => putAt(at, { ...window, to })}
            />
            {beside?.(window, (next) => putAt(at, next), at)}
            <Button
              variant="subtle"
              color="red"
              size="xs"
              aria-label={`Remove ${name.toLowerCase()} ${at + 1}`}
              onClick={() => onChange(windows.filter((_, index) => index !== at))}
            >
              Remove
            </Button>
          </Group>
          <OnDays window={window} onChange={(next) => putAt(at, { ...window, days: next })} />
        </Stack>
      ))}
      <Group>
        <Button variant="default" size="xs" onClick={() => onChange([...windows, fresh])}>
          {add}
        </Button>
      </Group>
    </Stack>
  );
}

interface OnDaysProps {
  readonly window: WindowForm;
  onChange(days: readonly string[]): void;
}

/** None said is every day. */
function OnDays({ window, onChange }: OnDaysProps) {
  const chosen = window.days.length === 0 ? days : window.days;
  return (
    <Chip.Group
      multiple
      value={[...chosen]}
      onChange={(next) => {
        if (next.length > 0) {
          onChange(next.length === 7 ? [] : days.filter((day) => next.includes(day)));
        }
      }}
    >
      <Group gap={6} role="group" aria-label="On these days">
        {days.map((day, at) => (
          <Chip key={day} value={day} size="xs">
            {weekdays[(at + 1) % 7]}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
