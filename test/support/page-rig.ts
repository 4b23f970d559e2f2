// The page as a person has it: a real manager, real folders, Chromium. What the browser complains of,
// and every script that was not ours, fails the test.
import assert from 'node:assert/strict';
import { existsSync, rmSync, utimesSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type DaemonRig, daemonRig } from './daemon-rig.ts';

export interface PageRig extends DaemonRig {
  /** A page that is signed in; the place stands after #. */
  open(place: string, options?: BrowserContextOptions): Promise<Page>;
  remove(path: string): void;
  /** Gives a file the time of its last change, in seconds since 1970. */
  touch(path: string, at: number): void;
  isThere(path: string): boolean;
}

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** `longestMs`: after which a manager is ended in any case. */
export function pageRig(context: TestContext, longestMs?: number): PageRig {
  const it = daemonRig(context, {}, longestMs);
  let browser: Browser | null = null;
  const complaints: string[] = [];
  context.after(async () => {
    await browser?.close();
    assert.deepEqual(complaints, []);
  });
  const at = (path: string) => join(it.folder, path);
  return {
    ...it,
    remove: (path) => rmSync(at(path)),
    touch: (path, seconds) => utimesSync(at(path), seconds, seconds),
    isThere: (path) => existsSync(at(path)),
    open: async (place, options = {}) => {
      browser ??= await launch();
      const view = await browser.newContext({
        viewport: { width: 1180, height: 760 },
        locale: 'en-GB',
        ...options,
      });
      const page = await view.newPage();
      page.setDefaultTimeout(60_000);
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (said) => {
        const text = said.text();
        // What the network says while the manager is down is what that test is about.
        if (said.type() === 'error' && !/ERR_|Failed to load resource/.test(text)) {
          complaints.push(text);
        }
      });
      const origin = `http://127.0.0.1:${it.port()}`;
      await page.goto(`${origin}/login?code=${await loginCode(it.socket())}`);
      await page.goto(`${origin}/#${place}`);
      await page.getByRole('main').waitFor();
      return page;
    },
  };
}

function launch(): Promise<Browser> {
  const executablePath = places.find((path) => existsSync(path));
  assert.ok(executablePath !== undefined, 'Chromium is missing: apt-get install chromium');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** As a program of this user gets it. */
async function loginCode(socketPath: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const asked = request(
    { socketPath, path: '/v1/login-code', method: 'POST', headers: { host: 'localhost' } },
    (answer) => {
      let text = '';
      answer.on('data', (bytes) => {
        text += bytes;
      });
      answer.on('end', () => resolve(text));
    },
  );
  asked.on('error', reject);
  asked.end();
  return (JSON.parse(await promise) as { readonly code: string }).code;
}
