// One call over HTTP, and what may come of it. The browser sends the cookie by itself; the header says
// that a page of ours meant the call.

interface Problem {
  readonly pointer: string;
  readonly reason: string;
}

/** What the manager refused, in the words of its catalogue. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  /** What is wrong in what was sent, each with a JSON pointer to it. */
  readonly problems: readonly Problem[];

  constructor(status: number, code: string, text: string, problems: readonly Problem[] = []) {
    super(text);
    this.problems = problems;
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface Sent {
  readonly body?: unknown;
  /** Only if it is still as it was read. */
  readonly version?: string;
  readonly signal?: AbortSignal;
}

export async function send<T>(method: Method, path: string, sent: Sent = {}): Promise<T> {
  const headers: Record<string, string> = { 'x-syncmgr': 'page', accept: 'application/json' };
  if (sent.body !== undefined) headers['content-type'] = 'application/json';
  if (sent.version !== undefined) headers['if-match'] = `"${sent.version}"`;
  const response = await fetch(path, {
    method,
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
    ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
    ...(sent.signal === undefined ? {} : { signal: sent.signal }),
  }).catch((thrown: unknown) => {
    if (sent.signal?.aborted === true) throw thrown;
    throw new ApiError(
      0,
      'unreachable',
      'The manager does not answer. Is syncmgr up still running?',
    );
  });
  if (!response.ok) throw await refusal(response);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function refusal(response: Response): Promise<ApiError> {
  try {
    const { error, problems } = (await response.json()) as {
      error?: { code?: unknown; text?: unknown };
      problems?: readonly Problem[];
    };
    const code = typeof error?.code === 'string' ? error.code : `http-${response.status}`;
    const text = typeof error?.text === 'string' ? error.text : response.statusText;
    return new ApiError(response.status, code, text, problems);
  } catch {
    return new ApiError(response.status, `http-${response.status}`, response.statusText);
  }
}

/** `?a=1&b=2`, without what is not given. */
export function query(values: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  const words = new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
  return given.length === 0 ? '' : `?${words}`;
}

export const part = (text: string): string => encodeURIComponent(text);
