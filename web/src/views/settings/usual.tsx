// What holds for every partnership that says nothing else.
import { amount } from '../../core/amount-words.ts';
import { objectOf, textOf } from '../../core/terms-form.ts';
import type { TermsPart } from '../../data/file-draft.ts';
import { Field } from '../../parts/field.tsx';
import { Section } from '../../parts/section.tsx';
import { RateTimes } from '../terms/transfer.tsx';
import { withKey } from './with-key.ts';

export function Usual({ draft }: TermsPart) {
  const said = objectOf(draft.keys.defaults);
  const put = withKey(draft, 'defaults');
  return (
    <Section
      title="For all partnerships"
      says="Holds wherever a partnership says nothing else under Schedule."
    >
      <Field
        label="Bandwidth"
        hint="Bytes a second at most, as 500K or 10M. Empty: no limit"
        width={320}
        value={textOf(said.bandwidth)}
        error={draft.faultAt('defaults/bandwidth')}
        onChange={(text) => put('bandwidth', amount(text))}
      />
      <RateTimes
        said={said['bandwidth-times']}
        fault={draft.faultAt('defaults/bandwidth-times')}
        put={(words) => put('bandwidth-times', words)}
      />
      <Field
        label="Stale when it has not succeeded for"
        hint="As 1d or 12h. Empty: never"
        width={320}
        value={textOf(said['fresh-within'])}
        error={draft.faultAt('defaults/fresh-within')}
        onChange={(text) => put('fresh-within', text || null)}
      />
      <Field
        label="Days in the trash"
        hint="What was replaced or deleted. 0 keeps it for ever; empty: as usual"
        width={320}
        value={textOf(said['trash-days'])}
        error={draft.faultAt('defaults/trash-days')}
        onChange={(text) => put('trash-days', amount(text))}
      />
    </Section>
  );
}
