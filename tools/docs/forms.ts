// The form of a message, from its schema, as a person reads it: JSON with words where values stand.
import { z } from 'zod';
import { asked, askedBack, heard, told } from '../../src/wire/schemas.ts';

interface Shape {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly default?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

const shapeOf = (schema: z.ZodType): Shape => z.toJSONSchema(schema, { io: 'input' }) as Shape;

/** What occurs in several messages has a name and a form of its own. */
const parts: Readonly<Record<string, Shape | undefined>> = {
  item: at(shapeOf(asked.items.result), 'items')?.items,
  change: at(shapeOf(heard.plan), 'changes')?.items,
  facts: at(at(shapeOf(asked.prepare.result).anyOf?.[0], 'plan')?.anyOf?.[0], 'facts')?.items,
  error: at(shapeOf(asked.synchronize.result), 'error')?.anyOf?.[0],
  version: at(shapeOf(heard.conflict), 'versions')?.items,
  resolution: at(shapeOf(asked.resolve.params), 'resolution'),
  subject: shapeOf(askedBack.decide.params),
};

/** Every form there is, by the name under which the document asks for it. */
export function forms(): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const [name, shape] of Object.entries(parts)) {
    if (shape === undefined) throw new Error(`the part ${name} is not where it was in the schemas`);
    all.set(name, written(shape, '', name));
  }
  for (const [method, { params, result }] of Object.entries(asked)) {
    all.set(`${method} params`, written(shapeOf(params)));
    all.set(`${method} result`, written(shapeOf(result)));
  }
  for (const [method, params] of Object.entries({ ...told, ...heard })) {
    all.set(`${method} params`, written(shapeOf(params)));
  }
  for (const [method, { params, result }] of Object.entries(askedBack)) {
    if (!(method in heard)) all.set(`${method} params`, written(shapeOf(params)));
    all.set(`${method} result`, written(shapeOf(result)));
  }
  return all;
}

/** The schemas as they are published. */
export function schemaPage(): string {
  const publish = (schema: z.ZodType) => {
    const { $schema: _, ...shape } = z.toJSONSchema(schema, { io: 'input' });
    return shape;
  };
  const both = (messages: Readonly<Record<string, { params: z.ZodType; result: z.ZodType }>>) =>
    mapped(messages, ({ params, result }) => ({
      params: publish(params),
      result: publish(result),
    }));
  const only = (messages: Readonly<Record<string, z.ZodType>>) =>
    mapped(messages, (params) => ({ params: publish(params) }));
  const page = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The protocol between syncmgr and a handler, revision 1',
    description:
      'Generated from src/wire/schemas.ts by `npm run docs`; docs/protocol.md explains it.',
    managerAsks: both(asked),
    managerTells: only(told),
    handlerAsks: both(askedBack),
    handlerTells: only(heard),
  };
  return `${JSON.stringify(page, null, 2)}\n`;
}

function mapped<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

function at(shape: Shape | undefined, member: string): Shape | undefined {
  return shape?.properties?.[member];
}

/** Without what says nothing about the form. */
function bare(shape: Shape): string {
  const { default: _, $schema: __, ...form } = shape as Shape & { readonly $schema?: string };
  return JSON.stringify(form);
}

function nameOf(shape: Shape): string | undefined {
  return Object.keys(parts).find((name) => {
    const part = parts[name];
    return part !== undefined && bare(part) === bare(shape);
  });
}

/** `own`: the part that is written out here, and not named. */
function written(shape: Shape, indent = '', own?: string): string {
  const name = nameOf(shape);
  if (name !== undefined && name !== own) return `‹${name}›`;
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (Array.isArray(shape.type)) {
    return shape.type.map((type: string) => written({ ...shape, type }, indent)).join(' | ');
  }
  if (shape.anyOf) return shape.anyOf.map((one) => written(one, indent)).join(' | ');
  if (shape.type === 'object') return object(shape, indent);
  if (shape.type === 'array') {
    const most = shape.maxItems === undefined ? '' : ` at most ${counted(shape.maxItems)}`;
    return `[${shape.items === undefined ? 'any' : written(shape.items, indent)}, …${most}]`;
  }
  if (shape.type === 'string') return text(shape);
  if (shape.type === 'number' || shape.type === 'integer') return number(shape);
  return { boolean: 'true | false', null: 'null' }[String(shape.type)] ?? 'any JSON';
}

function object(shape: Shape, indent: string): string {
  const members = Object.entries(shape.properties ?? {});
  if (members.length === 0) {
    const rest = shape.additionalProperties;
    return typeof rest === 'object' ? `{ name: ${written(rest, indent)}, … }` : '{}';
  }
  const inner = `${indent}  `;
  const lines = members.map(([name, member]) => {
    const needed = shape.required?.includes(name) === true;
    const otherwise =
      member.default === undefined
        ? 'may be left out'
        : `if left out: ${JSON.stringify(member.default)}`;
    const note = needed ? '' : `   (${otherwise})`;
    return `${inner}${JSON.stringify(name)}: ${written(member, inner)}${note}`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function text({ minLength = 0, maxLength }: Shape): string {
  if (maxLength === undefined) return 'text';
  return minLength > 0
    ? `text of ${minLength} to ${counted(maxLength)}`
    : `text up to ${counted(maxLength)}`;
}

const highest = 2 ** 53 - 1;

function number({ type, minimum, maximum }: Shape): string {
  const word = type === 'integer' ? 'whole number' : 'number';
  const low = minimum !== undefined && minimum > -highest ? ` from ${minimum}` : '';
  const high = maximum === undefined || maximum >= highest ? '' : ` to ${maximum}`;
  return `${word}${low}${high}`;
}

const counted = (count: number) => count.toLocaleString('en');
