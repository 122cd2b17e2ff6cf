// node play.mjs FOLDER: plays the HLS output in FOLDER to its end, once for each quality, in headless Chromium.
// Prints one line of JSON. Exit codes: 0 played, 1 a fault (named), 77 cannot run here (named).
import fs from 'node:fs';
import path from 'node:path';
import { requireHere, skip, withPage } from './browser.mjs';
import { serveFolder } from './folder_server.mjs';
import { playerPage } from './player_page.mjs';
import { readMaster, staticFaults } from './manifest_facts.mjs';

const folder = process.argv[2];
if (!folder || !fs.existsSync(path.join(folder, 'master.m3u8'))) {
  console.log('FAULT: no master.m3u8 in the folder');
  process.exit(1);
}
let hlsFile;
try {
  hlsFile = path.join(path.dirname(requireHere.resolve('hls.js')), 'hls.js');
} catch {
  skip('hls.js is not installed');
}

function faultsOf(seen, master, level) {
  const name = `quality ${level}`;
  const faults = seen.errors.map((error) => `${name}: ${error}`);
  const wanted = master.variants[level].segments.reduce((sum, s) => sum + s.seconds, 0);
  if (!seen.ended) faults.push(`${name}: did not reach the end (${seen.position} of ${seen.duration})`);
  if (seen.playedSeconds < wanted - 0.3) faults.push(`${name}: played ${seen.playedSeconds} of ${wanted} s`);
  if (Math.abs(seen.duration - wanted) > 0.2) faults.push(`${name}: lasts ${seen.duration}, not ${wanted} s`);
  if (seen.pauses > 0) faults.push(`${name}: paused ${seen.pauses} times`);
  if (master.hasSound && !seen.audioBytes) faults.push(`${name}: sound was never decoded`);
  const size = master.variants[level].RESOLUTION;
  if (size && !seen.shownHeights.includes(Number(size.split('x')[1]))) faults.push(`${name}: ${size} was never shown`);
  return faults;
}

const master = readMaster(folder);
const faults = staticFaults(master);
const server = await serveFolder(folder, { '/': { text: playerPage }, '/hls.js': hlsFile });
const runs = [];
await withPage(async (page) => {
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  await page.goto(`${server.url}/`);
  for (let level = 0; level < master.variants.length; level++) {
    const seconds = master.variants[level].segments.reduce((sum, s) => sum + s.seconds, 0);
    // hls.js sorts its levels by rate; ours stand largest first.
    const hlsLevel = master.variants.length - 1 - level;
    const seen = await page.evaluate(([l, limit]) => play(l, limit), [hlsLevel, seconds * 2 + 20]);
    faults.push(...faultsOf(seen, master, level));
    runs.push({ level, played: seen.playedSeconds, pauses: seen.pauses, heights: seen.shownHeights, sound: seen.audioBytes, frames: seen.totalFrames });
  }
}).finally(() => server.close());
faults.push(...server.failures);
console.log(JSON.stringify({ faults, runs }));
for (const fault of faults) console.log(`FAULT: ${fault}`);
process.exit(faults.length ? 1 : 0);
