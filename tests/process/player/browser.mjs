// What the browser tests share: the browser, or the reason why there is none.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';

export function skip(why) {
  console.log(`SKIP: ${why}`);
  process.exit(77);
}

/// Resolves modules from the folder that the test runs in, where npm has put them.
export const requireHere = createRequire(path.join(process.cwd(), 'x.js'));

function chromiumOfPlaywright() {
  try {
    return requireHere('playwright-core').chromium;
  } catch {
    return skip('playwright-core is not installed');
  }
}

/// Runs \a use with a page of a headless Chromium that has a profile of its own.
export async function withPage(use) {
  const browser = [process.env.VIDIMUS_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (file) => file && fs.existsSync(file),
  );
  if (!browser) skip('chromium is not installed');
  const chromium = chromiumOfPlaywright();
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'vidimus-player-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browser,
    headless: true,
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
      '--disable-background-networking', '--disable-component-update', '--autoplay-policy=no-user-gesture-required',
    ],
  });
  try {
    await use(await context.newPage());
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}
