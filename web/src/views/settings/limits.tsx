// How many run at once, and how much of the past stays.
import { Group } from '@mantine/core';
import { amount } from '../../core/amount-words.ts';
import { objectOf, textOf } from '../../core/terms-form.ts';
import type { TermsPart } from '../../data/file-draft.ts';
import { Field } from '../../parts/field.tsx';
import { Section } from '../../parts/section.tsx';
import { withKey } from './with-key.ts';

export function Limits({ draft }: TermsPart) {
  const said = objectOf(draft.keys.limits);
  const history = objectOf(said.history);
  const put = withKey(draft, 'limits');
  const putHistory = (below: string, text: string) => {
    const { [below]: _, ...rest } = history;
    const words = text === '' ? rest : { ...history, [below]: amount(text) };
    put('history', Object.keys(words).length === 0 ? null : words);
  };
  return (
    <Section title="How much">
      <Field
        label="Sessions at once"
        hint="Over all; the others wait for their turn"
        placeholder="8"
        width={240}
        value={textOf(said.sessions)}
        error={draft.faultAt('limits/sessions')}
        onChange={(text) => put('sessions', amount(text))}
      />
      <Group align="flex-start" gap="sm">
        <Field
          label="History stays for days"
          hint="Ended sessions and their log"
          placeholder="90"
          width={240}
          value={textOf(history.days)}
          error={draft.faultAt('limits/history/days')}
          onChange={(text) => putHistory('days', text)}
        />
        <Field
          label="Sessions kept of each"
          hint="The newest of a partnership"
          placeholder="500"
          width={240}
          value={textOf(history.sessions)}
          error={draft.faultAt('limits/history/sessions')}
          onChange={(text) => putHistory('sessions', text)}
        />
      </Group>
    </Section>
  );
}
