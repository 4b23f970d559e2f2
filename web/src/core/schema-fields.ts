// The part of JSON Schema that a form can ask: an object of texts, numbers, switches and choices. What is
// beyond it is asked as JSON.
import type { JsonObject } from '../data/shapes.ts';

export interface Field {
  readonly key: string;
  readonly label: string;
  readonly hint: string | null;
  readonly required: boolean;
  /** What holds where nothing is said; null: nothing does. */
  readonly usual: JsonObject[string];
  readonly kind:
    | { readonly is: 'text'; readonly secret: boolean }
    | {
        readonly is: 'number';
        readonly whole: boolean;
        readonly min: number | null;
        readonly max: number | null;
      }
    | { readonly is: 'switch' }
    | { readonly is: 'choice'; readonly of: readonly string[] }
    | { readonly is: 'list' }
    | { readonly is: 'json' };
}

type Loose = Readonly<Record<string, unknown>>;

/** Empty: the schema is none of an object. */
export function fieldsOf(schema: unknown): readonly Field[] {
  const { properties, required } = (isObject(schema) ? schema : {}) as Loose;
  if (!isObject(properties)) return [];
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(properties).map(([key, property]) => fieldOf(key, property, needed));
}

function fieldOf(key: string, property: unknown, needed: readonly unknown[]): Field {
  const said = (isObject(property) ? property : {}) as Loose;
  return {
    key,
    label: typeof said.title === 'string' ? said.title : key,
    hint: typeof said.description === 'string' ? said.description : null,
    required: needed.includes(key),
    usual: (said.default ?? null) as JsonObject[string],
    kind: kindOf(said),
  };
}

function kindOf(said: Loose): Field['kind'] {
  const { type, enum: of, format, anyOf } = said;
  if (Array.isArray(anyOf)) return kindOfSome(anyOf);
  if (Array.isArray(of) && of.every((one) => typeof one === 'string')) return { is: 'choice', of };
  if (type === 'boolean') return { is: 'switch' };
  if (type === 'string') return { is: 'text', secret: format === 'password' };
  if (type === 'number' || type === 'integer') {
    return {
      is: 'number',
      whole: type === 'integer',
      min: typeof said.minimum === 'number' ? said.minimum : null,
      max: typeof said.maximum === 'number' ? said.maximum : null,
    };
  }
  const items = (isObject(said.items) ? said.items : {}) as Loose;
  return type === 'array' && items.type === 'string' ? { is: 'list' } : { is: 'json' };
}

/** Of several forms, the one that can be asked: a list holds one text as well, a text a number. */
function kindOfSome(forms: readonly unknown[]): Field['kind'] {
  const kinds = forms.map((one) => kindOf((isObject(one) ? one : {}) as Loose));
  const has = (is: Field['kind']['is']) => kinds.some((kind) => kind.is === is);
  if (has('list')) return { is: 'list' };
  return has('text') ? { is: 'text', secret: false } : { is: 'json' };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
