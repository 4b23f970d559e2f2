// One line of the other side, as what it is in JSON-RPC 2.0. The form of the envelope is settled here;
// the form of params and results is the business of whoever asked for them.
import type { Json } from '../../model/json.ts';

export type RequestId = string | number;

export type Message =
  | {
      readonly kind: 'request';
      readonly id: RequestId;
      readonly method: string;
      readonly params: unknown;
    }
  | { readonly kind: 'notification'; readonly method: string; readonly params: unknown }
  | { readonly kind: 'result'; readonly id: RequestId; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: RequestId | null; readonly error: WireError }
  /** No object: something printed what was meant for a person. */
  | { readonly kind: 'stray'; readonly text: string }
  /** An object, and not one of the protocol. */
  | { readonly kind: 'fault'; readonly reason: string };

export interface WireError {
  readonly code: number;
  readonly message: string;
  readonly data?: Json;
}

/** How deep objects and lists may lie in each other. */
export const depthMax = 64;

const methodMax = 128;
const idMax = 128;

export function decode(line: string): Message {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (!text.trimStart().startsWith('{')) return { kind: 'stray', text };
  if (isDeeper(text, depthMax)) return fault(`it lies more than ${depthMax} deep`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fault('it is not JSON');
  }
  return messageOf(value as Readonly<Record<string, unknown>>);
}

function messageOf(value: Readonly<Record<string, unknown>>): Message {
  const { jsonrpc, id, method, params, result, error } = value;
  if (jsonrpc !== '2.0') return fault('it lacks "jsonrpc": "2.0"');
  if (method !== undefined) {
    if (typeof method !== 'string' || method === '' || method.length > methodMax) {
      return fault(`its method is no text of 1 to ${methodMax} characters`);
    }
    if (id === undefined) return { kind: 'notification', method, params };
    return isId(id) ? { kind: 'request', id, method, params } : fault('its id is not usable');
  }
  if (error !== undefined && (id === null || isId(id))) {
    return isError(error)
      ? { kind: 'failure', id, error }
      : fault('its error lacks a code and a message');
  }
  if ('result' in value && isId(id)) return { kind: 'result', id, result };
  return fault('it is neither a request, nor a notification, nor a reply');
}

const fault = (reason: string): Message => ({ kind: 'fault', reason });

const isId = (id: unknown): id is RequestId =>
  typeof id === 'string' ? id.length <= idMax : Number.isSafeInteger(id);

function isError(error: unknown): error is WireError {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message } = error as Partial<WireError>;
  return Number.isSafeInteger(code) && typeof message === 'string';
}

/** Looked at before it is parsed: what lies too deep must not become an object at all. */
function isDeeper(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfText(text, at);
    } else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === closeBrace || code === closeBracket) {
      depth -= 1;
    }
  }
  return false;
}

const [quote, backslash] = [34, 92];
const [openBrace, closeBrace, openBracket, closeBracket] = [123, 125, 91, 93];

function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote) return at;
  }
  return text.length;
}
