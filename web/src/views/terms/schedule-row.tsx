// One schedule: its times in the words people use, or as an expression; and when that comes next.
import {
  Autocomplete,
  Button,
  Chip,
  Collapse,
  Group,
  Paper,
  Select,
  Stack,
  Text,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type CronForm, cronAs, cronForm, cronText, weekOrder } from '../../core/cron-form.ts';
import type { Missed, ScheduleForm } from '../../core/terms-form.ts';
import { Field } from '../../parts/field.tsx';
import { weekdays } from '../../parts/weekdays.ts';
import { zones } from '../../parts/zones.ts';
import { NextRunsList } from './next-runs-list.tsx';

interface ScheduleRowProps {
  readonly number: number;
  readonly form: ScheduleForm;
  readonly partnership: string;
  readonly error: string | undefined;
  /** Null: it goes. */
  onChange(form: ScheduleForm | null): void;
}

const ways = [
  { value: 'weekly', label: 'On days at a time' },
  { value: 'monthly', label: 'Once a month' },
  { value: 'hourly', label: 'Every hour' },
  { value: 'every', label: 'Again and again' },
  { value: 'expression', label: 'By an expression' },
];

export function ScheduleRow({ number, form, partnership, error, onChange }: ScheduleRowProps) {
  const cron = cronForm(form.cron);
  const [told, setTold] = useExpression(cron);
  const put = (change: Partial<ScheduleForm>) => onChange({ ...form, ...change });
  const how = form.is === 'every' ? 'every' : told;
  const turn = (next: string | null) => {
    if (next === null) return;
    setTold.set(next === 'expression');
    if (next === 'every') put({ is: 'every' });
    else put({ is: 'cron', cron: cronText(cronAs(cron, next as CronForm['how'])) });
  };
  return (
    <Paper withBorder p="sm" role="group" aria-label={`Time ${number}`}>
      <Stack gap="sm">
        <Group align="flex-end" justify="space-between" gap="sm">
          <Group align="flex-end" gap="sm">
            <Select
              label="How often"
              data={ways}
              value={how}
              onChange={turn}
              allowDeselect={false}
              w={190}
            />
            <Times how={how} form={form} cron={cron} error={error} put={put} />
          </Group>
          <Button
            variant="subtle"
            color="red"
            size="xs"
            aria-label={`Remove time ${number}`}
            onClick={() => onChange(null)}
          >
            Remove
          </Button>
        </Group>
        {how === 'weekly' ? <Days cron={cron} put={put} /> : null}
        <NextRunsList form={form} partnership={partnership} />
        <More form={form} put={put} />
      </Stack>
    </Paper>
  );
}

/** An expression stays one while it is written, also when it says something simple for a moment. */
function useExpression(cron: CronForm) {
  const [isTold, told] = useDisclosure(cron.how === 'expression');
  const set = (on: boolean) => (on ? told.open() : told.close());
  return [isTold ? 'expression' : cron.how, { set }] as const;
}

interface TimesProps {
  readonly how: string;
  readonly form: ScheduleForm;
  readonly cron: CronForm;
  readonly error: string | undefined;
  put(change: Partial<ScheduleForm>): void;
}

function Times({ how, form, cron, error, put }: TimesProps) {
  const putCron = (next: CronForm) => put({ cron: cronText(next) });
  if (how === 'every') {
    return (
      <Field
        label="Every"
        placeholder="2h"
        width={110}
        value={form.every}
        error={error}
        onChange={(every) => put({ every })}
      />
    );
  }
  if (how === 'expression' || cron.how === 'expression') {
    return (
      <Field
        label="Minute hour day month weekday"
        placeholder="0 3 * * *"
        width={230}
        value={form.cron}
        error={error}
        onChange={(text) => put({ cron: text })}
      />
    );
  }
  if (cron.how === 'hourly') {
    return (
      <Field
        label="At minute"
        width={90}
        value={String(cron.minute)}
        error={error}
        onChange={(text) =>
          putCron({ ...cron, minute: Math.min(59, Number.parseInt(text, 10) || 0) })
        }
      />
    );
  }
  return (
    <>
      {cron.how === 'monthly' ? (
        <Select
          label="On day"
          w={90}
          allowDeselect={false}
          data={Array.from({ length: 31 }, (_, at) => String(at + 1))}
          value={String(cron.day)}
          onChange={(day) => putCron({ ...cron, day: Number(day) })}
        />
      ) : null}
      <Field
        label="At"
        type="time"
        width={130}
        value={cron.time}
        error={error}
        onChange={(time) => (time === '' ? undefined : putCron({ ...cron, time }))}
      />
    </>
  );
}

interface DaysProps {
  readonly cron: CronForm;
  put(change: Partial<ScheduleForm>): void;
}

function Days({ cron, put }: DaysProps) {
  if (cron.how !== 'weekly') return null;
  const chosen = cron.days.map(String);
  return (
    <Chip.Group
      multiple
      value={chosen}
      onChange={(days) => {
        // Never on no day: whoever wants that removes the time.
        if (days.length > 0) put({ cron: cronText({ ...cron, days: days.map(Number).sort() }) });
      }}
    >
      <Group gap={6} role="group" aria-label="On these days">
        {weekOrder.map((day) => (
          <Chip key={day} value={String(day)} size="xs">
            {weekdays[day]}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

const missedWords: readonly { readonly value: Missed; readonly label: string }[] = [
  { value: 'once', label: 'Run once afterwards' },
  { value: 'all', label: 'Run each of them afterwards' },
  { value: 'none', label: 'Let it pass' },
];

function More({ form, put }: Pick<TimesProps, 'form' | 'put'>) {
  const isUsual = form.missed === 'once' && form.jitter === '' && form.zone === '';
  const [isOpen, more] = useDisclosure(!isUsual);
  return (
    <>
      <Group>
        <Button variant="subtle" size="compact-xs" onClick={more.toggle} aria-expanded={isOpen}>
          {isOpen ? 'Less' : 'Time zone, missed runs, spreading…'}
        </Button>
      </Group>
      <Collapse expanded={isOpen}>
        <Group align="flex-end" gap="sm">
          {form.is === 'cron' ? (
            <Autocomplete
              label="Time zone"
              description="Empty: that of the computer"
              placeholder="Europe/Vienna"
              data={zones}
              limit={12}
              value={form.zone}
              onChange={(zone) => put({ zone })}
              w={220}
            />
          ) : null}
          <Select
            label="If nobody could run it then"
            description="The computer was off, say"
            data={[...missedWords]}
            value={form.missed}
            allowDeselect={false}
            onChange={(missed) => put({ missed: (missed ?? 'once') as Missed })}
            w={230}
          />
          <Field
            label="Up to so much later"
            hint="To spread many"
            placeholder="10m"
            width={160}
            value={form.jitter}
            onChange={(jitter) => put({ jitter })}
          />
        </Group>
        <Text size="xs" c="dimmed" mt={4}>
          Times that a changing clock skips come at the end of the gap; those it shows twice come
          once.
        </Text>
      </Collapse>
    </>
  );
}
