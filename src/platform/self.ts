// This program and this process.
import { readFileSync } from 'node:fs';
import process from 'node:process';

export function self(): { readonly version: string; readonly process: number } {
  return { version: version(), process: process.pid };
}

function version(): string {
  // Beside src in a clone, beside dist in a package.
  for (const up of ['../../package.json', '../package.json']) {
    try {
      const { name, version: own } = JSON.parse(
        readFileSync(new URL(up, import.meta.url), 'utf8'),
      ) as { readonly name?: string; readonly version?: string };
      if (name === 'syncmgr' && own !== undefined) return own;
    } catch {
      // It stands at the other place.
    }
  }
  return 'unknown';
}
