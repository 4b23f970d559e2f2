// How much, how fast, and what happens to what is replaced: the rest of what a partnership may say.
import { NumberInput, Radio, Select, Stack, TagsInput } from '@mantine/core';
import { amount } from '../../core/amount-words.ts';
import { conflictWords, modes } from '../../core/modes.ts';
import {
  listOf,
  objectOf,
  present,
  textOf,
  type WindowForm,
  windowForm,
  windowWords,
} from '../../core/terms-form.ts';
import type { TermsPart } from '../../data/file-draft.ts';
import type { JsonObject } from '../../data/shapes.ts';
import { Field } from '../../parts/field.tsx';
import { Section } from '../../parts/section.tsx';
import { plainWindow, Windows } from './windows.tsx';

interface TransferProps extends TermsPart {
  readonly isFolder: boolean;
}

export function Transfer({ draft, isFolder }: TransferProps) {
  const { keys, put } = draft;
  return (
    <Section title="How it works">
      {isFolder ? <FolderOptions draft={draft} /> : null}
      <Field
        label="Bandwidth"
        hint="Bytes a second at most, as 500K or 10M. Empty: no limit"
        width={260}
        value={textOf(keys.bandwidth)}
        error={draft.faultAt('bandwidth')}
        onChange={(text) => put('bandwidth', amount(text))}
      />
      <RateTimes
        said={keys['bandwidth-times']}
        fault={draft.faultAt('bandwidth-times')}
        put={(words) => put('bandwidth-times', words)}
      />
      <Select
        label="Plans"
        description="A plan says what would change, before anything does"
        w={320}
        maw="100%"
        allowDeselect={false}
        data={[
          { value: 'guarded', label: 'Wait for me where a guard objects' },
          { value: 'always', label: 'Wait for me each time' },
        ]}
        value={textOf(keys.approve) || 'guarded'}
        onChange={(value) => put('approve', value === 'guarded' ? null : value)}
      />
      <NumberInput
        label="Priority"
        description="Higher ones begin first, from -100 to 100"
        w={260}
        allowDecimal={false}
        min={-100}
        max={100}
        value={typeof keys.priority === 'number' ? keys.priority : 0}
        error={draft.faultAt('priority')}
        onChange={(value) =>
          put('priority', typeof value === 'number' && value !== 0 ? value : null)
        }
      />
    </Section>
  );
}

function FolderOptions({ draft }: TermsPart) {
  const { keys, put, faultAt } = draft;
  return (
    <>
      <Radio.Group
        label="Who follows whom"
        value={textOf(keys.mode) || 'two-way-safe'}
        onChange={(mode) => put('mode', mode)}
      >
        <Stack gap={6} mt={6}>
          {modes.map(([value, text]) => (
            <Radio key={value} value={value} label={text} />
          ))}
        </Stack>
      </Radio.Group>
      <Select
        label="Where both sides changed"
        w={320}
        maw="100%"
        allowDeselect={false}
        data={conflictWords.map(([value, label]) => ({ value, label }))}
        value={textOf(keys.conflict) || 'ask'}
        onChange={(value) => put('conflict', value === 'ask' ? null : value)}
      />
      <TagsInput
        label="Left out"
        description="Patterns as in a .gitignore; Enter adds one"
        value={listOf(keys.ignore).map(String)}
        onChange={(ignore) => put('ignore', ignore.length === 0 ? null : ignore)}
      />
      <MaxDelete draft={draft} />
      <Field
        label="Days in the trash"
        hint="What was replaced or deleted. 0 keeps it for ever; empty: as usual"
        width={260}
        value={textOf(keys['trash-days'])}
        error={faultAt('trash-days')}
        onChange={(text) => put('trash-days', amount(text))}
      />
    </>
  );
}

function MaxDelete({ draft }: TermsPart) {
  const said = draft.keys['max-delete'];
  const { count, share } = objectOf(said);
  const text =
    count !== undefined && share !== undefined
      ? `${textOf(count)} and ${textOf(share)}`
      : textOf(said) || textOf(count) || textOf(share);
  return (
    <Field
      label="Ask before it deletes more than"
      hint="A number, a share as 20%, or both as 25 and 20%. Empty: as usual"
      width={320}
      value={text}
      error={draft.faultAt('max-delete')}
      onChange={(next) => draft.put('max-delete', deletions(next))}
    />
  );
}

function deletions(text: string): JsonObject[string] {
  const [count, share, ...more] = text.split(' and ');
  if (share === undefined || more.length > 0) return amount(text);
  return { count: amount(count ?? ''), share };
}

interface RateForm extends WindowForm {
  readonly rate: string;
}

interface RateTimesProps {
  readonly said: JsonObject[string] | undefined;
  readonly fault: string | undefined;
  put(words: JsonObject[string]): void;
}

export function RateTimes({ said, fault, put }: RateTimesProps) {
  const rates = listOf(said).map(
    (one): RateForm => ({ ...windowForm(one), rate: textOf(objectOf(one).rate) }),
  );
  return (
    <Windows
      name="Limit"
      add={rates.length === 0 ? 'Another limit at certain hours' : 'Add another'}
      windows={rates}
      fresh={{ ...plainWindow, from: '08:00', to: '18:00', rate: '500K' } as RateForm}
      beside={(rate, putRate, at) => (
        <Field
          label="Bytes a second"
          width={130}
          placeholder="500K, off"
          value={rate.rate}
          error={at === 0 ? fault : undefined}
          onChange={(text) => putRate({ ...rate, rate: text })}
        />
      )}
      onChange={(next) => {
        const words = next.map(({ rate, ...window }) => present({ ...windowWords(window), rate }));
        put(words.length === 0 ? null : words);
      }}
    />
  );
}
