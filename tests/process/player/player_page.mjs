// The page that plays: one video element, hls.js, and a function play(level) that the test calls for each quality.
export const playerPage = `<!doctype html><meta charset="utf-8"><title>player</title>
<video id="video" playsinline style="width:640px"></video>
<script src="/hls.js"></script>
<script>
async function play(level, limitSeconds) {
  const old = document.getElementById('video');
  const video = old.cloneNode();
  old.replaceWith(video);
  const seen = { errors: [], pauses: 0, levels: [], shownHeights: [], ended: false };
  const hls = new Hls({ startLevel: level < 0 ? undefined : level, enableWorker: true });
  hls.on(Hls.Events.ERROR, (event, data) => seen.errors.push(data.type + '/' + data.details + (data.fatal ? ' fatal' : '')
    + (data.error ? ' ' + data.error.message : '')));
  hls.on(Hls.Events.MANIFEST_PARSED, (event, data) => {
    seen.levels = hls.levels.map((l) => ({ width: l.width, height: l.height, bitrate: l.bitrate, codecs: l.videoCodec }));
    if (level >= 0) hls.loadLevel = hls.nextLevel = level;
    video.play().catch((error) => seen.errors.push('play/' + error.message));
  });
  video.addEventListener('error', () => seen.errors.push('video/' + video.error.code + ' ' + video.error.message));
  const started = new Promise((resolve) => video.addEventListener('playing', resolve, { once: true }));
  const ended = new Promise((resolve) => video.addEventListener('ended', () => { seen.ended = true; resolve(); }, { once: true }));
  const late = new Promise((resolve) => setTimeout(resolve, limitSeconds * 1000));
  hls.loadSource('/master.m3u8');
  hls.attachMedia(video);
  await Promise.race([started, late]);
  video.addEventListener('waiting', () => { if (video.duration - video.currentTime > 0.25) seen.pauses += 1; });
  const watch = setInterval(() => {
    if (video.videoHeight && !seen.shownHeights.includes(video.videoHeight)) seen.shownHeights.push(video.videoHeight);
  }, 50);
  await Promise.race([ended, late]);
  clearInterval(watch);
  const played = video.played;
  seen.playedSeconds = 0;
  for (let i = 0; i < played.length; i++) seen.playedSeconds += played.end(i) - played.start(i);
  seen.duration = video.duration;
  seen.position = video.currentTime;
  seen.audioBytes = video.webkitAudioDecodedByteCount;
  seen.videoBytes = video.webkitVideoDecodedByteCount;
  const quality = video.getVideoPlaybackQuality();
  seen.totalFrames = quality.totalVideoFrames;
  seen.buffered = [];
  for (let i = 0; i < video.buffered.length; i++) seen.buffered.push([video.buffered.start(i), video.buffered.end(i)]);
  hls.destroy();
  return seen;
}
</script>`;
