// Whether an answer may be packed.

/** @param accepted The header Accept-Encoding (RFC 9110, 12.5.3). */
export function takesGzip(accepted = ''): boolean {
  return /(^|[\s,])gzip\s*($|,|;(?!\s*q=0(\.0*)?\s*($|,)))/.test(accepted);
}
