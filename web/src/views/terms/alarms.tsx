// What if it fails, or has not succeeded for too long.
import { Checkbox, Fieldset, Group } from '@mantine/core';
import { listOf, objectOf, present, textOf } from '../../core/terms-form.ts';
import type { FileDraft, TermsPart } from '../../data/file-draft.ts';
import { Field } from '../../parts/field.tsx';
import { Section } from '../../parts/section.tsx';

export function Alarms({ draft }: TermsPart) {
  return (
    <Section title="If it fails, or grows old">
      <Retry draft={draft} />
      <Field
        label="It is stale when it has not succeeded for"
        hint="As 1d or 12h. Empty: never"
        width={320}
        value={textOf(draft.keys['fresh-within'])}
        error={draft.faultAt('fresh-within')}
        onChange={(text) => draft.put('fresh-within', text || null)}
      />
      <Notify draft={draft} />
    </Section>
  );
}

function Retry({ draft }: TermsPart) {
  const said = draft.keys.retry;
  const isWanted = said !== false;
  const { first, max } = objectOf(said);
  const put = (next: { readonly first: string; readonly max: string }) => {
    const words = present({ first: next.first || undefined, max: next.max || undefined });
    draft.put('retry', Object.keys(words).length === 0 ? null : words);
  };
  const now = { first: textOf(first), max: textOf(max) };
  return (
    <div>
      <Checkbox
        label="Try again by itself what may pass"
        description="Later each time, and at once when a connection comes back"
        checked={isWanted}
        onChange={(event) => draft.put('retry', event.currentTarget.checked ? null : false)}
      />
      {isWanted ? (
        <Group pl={32} pt="xs" gap="sm" align="flex-start">
          <Field
            label="First after"
            placeholder="30s"
            value={now.first}
            error={draft.faultAt('retry/first')}
            onChange={(text) => put({ ...now, first: text })}
          />
          <Field
            label="At most every"
            placeholder="1h"
            value={now.max}
            error={draft.faultAt('retry/max')}
            onChange={(text) => put({ ...now, max: text })}
          />
        </Group>
      ) : null}
    </div>
  );
}

const worries = [
  ['failing', 'it keeps failing'],
  ['needs-person', 'it needs you'],
  ['stale', 'it is stale'],
] as const;

/** Also of the defaults: `at` says where the words of the two stand. */
export function Notify({ draft, said, put, at = 'notify' }: NotifyProps) {
  const words = said ?? draft.keys.notify;
  const { of, after } = objectOf(words);
  const wanted =
    words === false ? [] : of === undefined ? worries.map(([one]) => one) : listOf(of).map(String);
  const keep = (next: readonly string[], time: string) => {
    const all = next.length === worries.length;
    const sentence = present({ of: all ? undefined : [...next], after: time || undefined });
    const value = next.length === 0 ? false : Object.keys(sentence).length === 0 ? null : sentence;
    if (put === undefined) draft.put('notify', value);
    else put(value);
  };
  return (
    <Fieldset variant="unstyled" legend="Tell me when">
      <Group gap="md" mb="xs">
        {worries.map(([one, label]) => (
          <Checkbox
            key={one}
            label={label}
            checked={wanted.includes(one)}
            onChange={(event) => {
              const on = event.currentTarget.checked;
              const next = worries
                .map(([name]) => name)
                .filter((name) => (name === one ? on : wanted.includes(name)));
              keep(next, textOf(after));
            }}
          />
        ))}
      </Group>
      <Field
        label="Once it has lasted"
        hint="What passes sooner is not told"
        placeholder="5m"
        width={220}
        disabled={wanted.length === 0}
        value={textOf(after)}
        error={draft.faultAt(`${at}/after`)}
        onChange={(text) => keep(wanted, text)}
      />
    </Fieldset>
  );
}

interface NotifyProps {
  readonly draft: FileDraft;
  readonly said?: FileDraft['keys'][string];
  readonly at?: string;
  put?(value: FileDraft['keys'][string]): void;
}
