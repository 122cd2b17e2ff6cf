// A small HLS player for fragmented MP4 in plain JavaScript, for browsers without HLS of their own. It reads the master
// and one media playlist (RFC 8216), keeps about 30 s buffered ahead and ends the stream with the last segment.

const aheadSeconds = 30;
const behindSeconds = 30;

/** "A=1,B=\"x,y\"" into an object. */
export function attributes(text) {
  const values = {};
  for (const [, name, quoted, plain] of text.matchAll(/([A-Z0-9-]+)=(?:"([^"]*)"|([^,]*))/g)) values[name] = quoted ?? plain;
  return values;
}

/** The variants of a master playlist, best first, and the audio renditions by group. */
export function parseMaster(text, base) {
  const lines = text.split(/\r?\n/);
  const variants = [];
  const audio = {};
  lines.forEach((line, index) => {
    if (line.startsWith("#EXT-X-MEDIA:")) {
      const media = attributes(line.slice(13));
      if (media.TYPE === "AUDIO" && media.URI && (!audio[media["GROUP-ID"]] || media.DEFAULT === "YES"))
        audio[media["GROUP-ID"]] = new URL(media.URI, base).href;
    }
    if (!line.startsWith("#EXT-X-STREAM-INF:")) return;
    const uri = lines.slice(index + 1).find((next) => next && !next.startsWith("#"));
    const info = attributes(line.slice(18));
    if (uri) {
      variants.push({
        url: new URL(uri, base).href, codecs: info.CODECS || "", bandwidth: Number(info.BANDWIDTH) || 0,
        height: Number((info.RESOLUTION || "x0").split("x")[1]), audioGroup: info.AUDIO,
      });
    }
  });
  return { variants: variants.sort((a, b) => b.bandwidth - a.bandwidth), audio };
}

/** Init segment and segments with their times of a media playlist. */
export function parseMedia(text, base) {
  const segments = [];
  let init = null;
  let duration = 0;
  let start = 0;
  let range = null;
  let nextByte = 0;
  const readRange = (value) => {
    const [length, offset] = value.split("@").map(Number);
    const from = Number.isFinite(offset) ? offset : nextByte;
    nextByte = from + length;
    return `bytes=${from}-${from + length - 1}`;
  };
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("#EXT-X-MAP:")) {
      const map = attributes(line.slice(11));
      init = { url: new URL(map.URI, base).href, range: map.BYTERANGE ? readRange(map.BYTERANGE) : null };
    } else if (line.startsWith("#EXTINF:")) {
      duration = parseFloat(line.slice(8));
    } else if (line.startsWith("#EXT-X-BYTERANGE:")) {
      range = readRange(line.slice(17));
    } else if (line && !line.startsWith("#")) {
      segments.push({ url: new URL(line, base).href, range, start, duration });
      start += duration;
      range = null;
    }
  }
  return { init, segments, duration: start };
}

async function get(part, signal) {
  const response = await fetch(part.url, { signal, headers: part.range ? { Range: part.range } : {} });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response;
}

const text = async (url, signal) => (await get({ url }, signal)).text();
const once = (target, name) => new Promise((resolve) => target.addEventListener(name, resolve, { once: true }));

/** The best variant that this browser and this window can use. */
function choose(variants) {
  const usable = variants.filter((each) => !each.codecs || MediaSource.isTypeSupported(`video/mp4; codecs="${each.codecs}"`));
  if (usable.length === 0) throw new Error("the browser knows none of its codecs");
  const wanted = Math.max(480, window.innerHeight * (window.devicePixelRatio || 1));
  return usable.find((each) => each.height <= wanted) || usable[usable.length - 1];
}

const isAudioCodec = (codec) => /^(mp4a|ac-3|ec-3|opus|flac)/i.test(codec.trim());

/** One source buffer and the segments that go into it. */
class Track {
  constructor(buffer, list) {
    this.buffer = buffer;
    this.list = list;
    this.done = new Set();
  }
  async append(bytes) {
    this.buffer.appendBuffer(bytes);
    await once(this.buffer, "updateend");
  }
  isBuffered(segment) {
    const middle = segment.start + segment.duration / 2;
    for (let i = 0; i < this.buffer.buffered.length; ++i)
      if (this.buffer.buffered.start(i) <= middle && middle < this.buffer.buffered.end(i)) return true;
    return false;
  }
  /** The next segment needed at that time; undefined when enough is there. */
  needed(time) {
    return this.list.segments.find((segment) => segment.start + segment.duration > time
      && segment.start < time + aheadSeconds && !(this.done.has(segment) && this.isBuffered(segment)));
  }
  async load(segment, signal) {
    const bytes = await (await get(segment, signal)).arrayBuffer();
    await this.append(bytes);
    this.done.add(segment);
  }
  async forget(time) {
    if (time <= behindSeconds * 2 || this.buffer.buffered.length === 0) return;
    if (this.buffer.buffered.start(0) > time - behindSeconds * 2) return;
    this.buffer.remove(0, time - behindSeconds);
    await once(this.buffer, "updateend");
    for (const segment of this.done) if (segment.start + segment.duration < time - behindSeconds) this.done.delete(segment);
  }
  hasLast() {
    const last = this.list.segments[this.list.segments.length - 1];
    return this.done.has(last) && this.isBuffered(last);
  }
}

async function run(video, source, url, signal) {
  await once(source, "sourceopen");
  const master = parseMaster(await text(url, signal), new URL(url, location.href));
  const variant = choose(master.variants);
  const sources = [{ url: variant.url, kind: "video" }];
  const audioUrl = variant.audioGroup && master.audio[variant.audioGroup];
  if (audioUrl && audioUrl !== variant.url) sources.push({ url: audioUrl, kind: "audio" });
  const codecs = variant.codecs.split(",").filter(Boolean);
  const tracks = [];
  for (const each of sources) {
    const list = parseMedia(await text(each.url, signal), each.url);
    const own = sources.length === 1 ? codecs : codecs.filter((codec) => isAudioCodec(codec) === (each.kind === "audio"));
    tracks.push(new Track(source.addSourceBuffer(`${each.kind}/mp4; codecs="${own.join(",")}"`), list));
  }
  source.duration = Math.max(...tracks.map((track) => track.list.duration));
  for (const track of tracks) if (track.list.init) await track.append(await (await get(track.list.init, signal)).arrayBuffer());
  while (!signal.aborted) {
    let moved = false;
    for (const track of tracks) {
      const segment = track.needed(video.currentTime);
      if (!segment) continue;
      await track.load(segment, signal);
      await track.forget(video.currentTime);
      moved = true;
    }
    if (tracks.every((track) => track.hasLast()) && source.readyState === "open") source.endOfStream();
    if (!moved) await Promise.race([once(video, "timeupdate"), once(video, "seeking"), new Promise((r) => setTimeout(r, 1000))]);
  }
}

/** Plays a master playlist in a video element; returns a function that stops it. */
export function playHls(video, url, onFault) {
  const aborter = new AbortController();
  if (video.canPlayType("application/vnd.apple.mpegurl") || !("MediaSource" in window)) {
    video.src = url;
    const onError = () => onFault(video.error ? video.error.message || `media error ${video.error.code}` : "unknown");
    video.addEventListener("error", onError, { signal: aborter.signal });
    return () => {
      aborter.abort();
      video.removeAttribute("src");
      video.load();
    };
  }
  const source = new MediaSource();
  const address = URL.createObjectURL(source);
  video.src = address;
  run(video, source, url, aborter.signal).catch((error) => {
    if (!aborter.signal.aborted) onFault(error.message);
  });
  return () => {
    aborter.abort();
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(address);
  };
}
