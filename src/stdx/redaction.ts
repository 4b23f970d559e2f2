// Keeping secrets out of texts: by value where the values are known, and by name where a text says
// itself that a secret follows (`token=…`, a password in an address).

export const redactedMark = '•••';

/** A shorter value would be found in half of all words; it is hidden by name only. */
const valueMin = 4;
/** Of a value with several lines, such as a private key, each line of at least so much is hidden. */
const lineMin = 16;

const name = String.raw`[\w.-]{0,40}(?:pass(?:word|phrase|wd)?|secret|token|api[-_]?key|private[-_]?key)`;
const secretName = new RegExp(`^${name}$`, 'i');
const assigned = new RegExp(String.raw`(${name}["']?\s*=\s*)("[^"]*"|'[^']*'|[^\s&"']+)`, 'gi');
const asJson = new RegExp(String.raw`("${name}"\s*:\s*)"(?:[^"\\]|\\.)*"`, 'gi');
const inAddress = /([a-z][a-z\d+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi;
const inHeader = /\b(authorization["']?\s*[:=]\s*["']?(?:bearer|basic|digest)?\s*)[^\s"',]+/gi;
/** Most texts hold none of it, and are looked at once. */
const suspicious = /pass|secret|token|key|authorization|:\/\/[^\s/]*@/i;

export function isSecretName(key: string): boolean {
  return secretName.test(key);
}

/** The forms in which the values can stand in a text, longest first. */
export function disguisesOf(values: Iterable<string>): readonly string[] {
  const forms = new Set<string>();
  for (const value of values) {
    const lines = value.split(/\r?\n/).filter((line) => line.length >= lineMin);
    for (const part of [value, ...lines]) {
      for (const form of [
        part,
        encodeURIComponent(part.toWellFormed()),
        quoted(part),
        base64(part),
      ]) {
        if (form.length >= valueMin && part.length >= valueMin) forms.add(form);
      }
    }
  }
  return [...forms].sort((one, other) => other.length - one.length);
}

/** @param disguises As `disguisesOf` gives them. */
export function redacted(text: string, disguises: readonly string[] = []): string {
  let clean = text;
  for (const form of disguises) clean = clean.replaceAll(form, redactedMark);
  if (!suspicious.test(clean)) return clean;
  return clean
    .replace(inAddress, `$1:${redactedMark}@`)
    .replace(inHeader, `$1${redactedMark}`)
    .replace(asJson, `$1"${redactedMark}"`)
    .replace(assigned, `$1${redactedMark}`);
}

/** As JSON writes it between its quotation marks. */
const quoted = (text: string) => JSON.stringify(text).slice(1, -1);

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
