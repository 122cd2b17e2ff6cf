// Serves one folder (and extra files by name) on loopback, with byte ranges, and notes every request that failed.
import http from 'node:http';
import fs from 'node:fs';
import path from 'node:path';

const types = {
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.m4s': 'video/iso.segment',
  '.mp4': 'video/mp4',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.html': 'text/html',
};

function fileFor(folder, extras, url) {
  const name = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  if (name in extras) return extras[name];
  const file = path.join(folder, path.normalize(name));
  return file.startsWith(folder + path.sep) ? file : null;
}

/// Resolves to { url, failures, requested, close }.
export function serveFolder(folder, extras) {
  const root = path.resolve(folder);
  const failures = [];
  const requested = new Set();
  const server = http.createServer((request, response) => {
    const file = fileFor(root, extras, request.url);
    if (typeof file === 'object' && file !== null) {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(file.text);
      return;
    }
    fs.readFile(file ?? '', (error, bytes) => {
      if (error) {
        if (!request.url.endsWith('/favicon.ico')) failures.push(`404 ${request.url}`);
        response.writeHead(404);
        response.end();
        return;
      }
      requested.add(request.url);
      response.writeHead(200, {
        'content-type': types[path.extname(file)] ?? 'application/octet-stream',
        'content-length': bytes.length,
        'cache-control': 'no-store',
      });
      response.end(bytes);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        failures,
        requested,
        close: () => server.close(),
      }),
    );
  });
}
