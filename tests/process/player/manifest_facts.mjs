// What the manifests of a folder say and what the files say, read without a player.
import fs from 'node:fs';
import path from 'node:path';

function attributes(line) {
  const found = {};
  for (const match of line.matchAll(/([A-Z-]+)=("[^"]*"|[^,]*)/g)) found[match[1]] = match[2].replaceAll('"', '');
  return found;
}

export function readMediaPlaylist(file) {
  const folder = path.dirname(file);
  const segments = [];
  let seconds = 0;
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('#EXTINF:')) seconds = Number.parseFloat(line.slice(8));
    else if (line && !line.startsWith('#'))
      segments.push({ uri: line, seconds, bytes: fs.statSync(path.join(folder, line)).size });
  }
  return segments;
}

export function readMaster(folder) {
  const lines = fs.readFileSync(path.join(folder, 'master.m3u8'), 'utf8').split('\n');
  const variants = [];
  let sound = null;
  lines.forEach((line, i) => {
    if (line.startsWith('#EXT-X-MEDIA:')) sound = attributes(line.slice(13)).URI;
    if (line.startsWith('#EXT-X-STREAM-INF:')) variants.push({ ...attributes(line.slice(18)), uri: lines[i + 1] });
  });
  const soundSegments = sound ? readMediaPlaylist(path.join(folder, sound)) : [];
  for (const variant of variants) variant.segments = readMediaPlaylist(path.join(folder, variant.uri));
  return { variants, soundSegments, hasSound: sound !== null || variants.some((v) => !v.RESOLUTION) };
}

/// Faults that need no player: boundaries that differ between rungs, declared rates that are not the measured ones.
export function staticFaults(master) {
  const faults = [];
  const rate = (segments) =>
    (segments.reduce((sum, s) => sum + s.bytes, 0) * 8) / segments.reduce((sum, s) => sum + s.seconds, 0);
  const soundRate = master.soundSegments.length ? rate(master.soundSegments) : 0;
  const first = master.variants[0].segments.map((s) => s.seconds).join();
  for (const variant of master.variants) {
    if (variant.segments.map((s) => s.seconds).join() !== first) faults.push(`${variant.uri}: other boundaries`);
    const measured = rate(variant.segments) + soundRate;
    const declared = Number(variant['AVERAGE-BANDWIDTH']);
    if (Math.abs(declared / measured - 1) > 0.01) faults.push(`${variant.uri}: average ${declared}, measured ${measured}`);
    if (Number(variant.BANDWIDTH) < declared) faults.push(`${variant.uri}: peak below average`);
  }
  return faults;
}
