#include "core/workbench/playback_probe.h"

#include "core/base/posix_error.h"
#include "core/base/unique_fd.h"
#include "core/catalog/catalog_client.h"
#include "core/media/frame_source.h"
#include "core/worker/worker_pool.h"

#include <QDir>
#include <QFile>
#include <QUrl>
#include <cerrno>
#include <fcntl.h>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxPlaylistBytes = 4 << 20;
constexpr qint64 kMaxSegmentBytes = 256LL << 20;
constexpr qint64 kMaxStreamBytes = 4LL << 30;

Error notPlayable(const QString& what)
{
    return Error {ErrorCode::Corrupt, what, "not_playable"};
}

/// The lines of a playlist that are no tags, and the values of EXT-X-MAP, as absolute addresses.
struct Playlist {
    QList<QByteArray> uris;
    QByteArray map;
    bool ends = false;
};

Result<Playlist> readPlaylist(catalog::CatalogClient& client, const QByteArray& url)
{
    const auto response = client.fetch(url, kMaxPlaylistBytes);
    if (!response)
        return response.error();
    if (response->status != 200 || !response->body.startsWith("#EXTM3U"))
        return notPlayable(u"no playlist there: %1"_s.arg(response->status));
    const QUrl base(QString::fromUtf8(url));
    const auto absolute
        = [&base](const QByteArray& uri) { return base.resolved(QUrl(QString::fromUtf8(uri))).toEncoded(); };
    Playlist playlist;
    for (const QByteArray& line : response->body.split('\n')) {
        const QByteArray text = line.trimmed();
        if (text.startsWith("#EXT-X-MAP:")) {
            const qsizetype from = text.indexOf("URI=\"") + 5;
            playlist.map = absolute(text.mid(from, text.indexOf('"', from) - from));
        } else if (text == "#EXT-X-ENDLIST") {
            playlist.ends = true;
        } else if (!text.isEmpty() && !text.startsWith('#')) {
            playlist.uris.append(absolute(text));
        }
    }
    if (playlist.uris.isEmpty())
        return notPlayable(u"an empty playlist"_s);
    return playlist;
}

/// A file that has no name, for what came over the network.
Result<UniqueFd> anonymousFile()
{
    UniqueFd fd(open(QFile::encodeName(QDir::tempPath()).constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!fd.isValid())
        return posixError("open", errno);
    return fd;
}

Result<qint64> append(int fd, catalog::CatalogClient& client, const QByteArray& url)
{
    const auto response = client.fetch(url, kMaxSegmentBytes);
    if (!response)
        return response.error();
    if (response->status != 200 || response->body.isEmpty())
        return notPlayable(u"a segment answered %1"_s.arg(response->status));
    if (write(fd, response->body.constData(), static_cast<std::size_t>(response->body.size())) != response->body.size())
        return posixError("write", errno);
    return response->body.size();
}

} // namespace

Result<PlaybackReport> playBack(
    catalog::CatalogClient& client, worker::WorkerPool& workers, const QByteArray& masterUrl, const CancelToken& cancel)
{
    const auto master = readPlaylist(client, masterUrl);
    if (!master)
        return master.error();
    const auto media = readPlaylist(client, master->uris.first());
    if (!media)
        return media.error();
    if (media->map.isEmpty() || !media->ends)
        return notPlayable(u"the media playlist is not complete"_s);
    PlaybackReport report {
        .variants = static_cast<int>(master->uris.size()), .segments = static_cast<int>(media->uris.size())};
    const auto file = anonymousFile();
    if (!file)
        return file.error();
    for (const QByteArray& url : QList<QByteArray> {media->map} + media->uris) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"cancelled"_s, "canceled"};
        const auto bytes = append(file->get(), client, url);
        if (!bytes)
            return bytes.error();
        report.bytes += *bytes;
        if (report.bytes > kMaxStreamBytes)
            return Error {ErrorCode::LimitExceeded, u"too large to play back here"_s, "too_large"};
    }
    auto source = workers.openFrames(file->get(), cancel);
    if (!source)
        return std::move(source).error();
    report.frames = (*source)->index().count();
    report.duration = (*source)->facts().durationSeconds;
    if (report.frames == 0)
        return notPlayable(u"no picture came out of it"_s);
    for (const qint64 number : {qint64 {0}, report.frames / 2, report.frames - 1}) {
        if (const auto frame = (*source)->frame(number, {320, 180}, cancel); !frame)
            return frame.error();
    }
    return report;
}

} // namespace vidimus::workbench
