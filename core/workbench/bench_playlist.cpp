#include "core/workbench/bench_playlist.h"

#include "core/base/durable_file.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMostPlaylistBytes = 4 << 20;

Result<QStringList> linesOf(const QString& path)
{
    const auto bytes = readFile(path, kMostPlaylistBytes);
    if (!bytes)
        return bytes.error();
    return QString::fromUtf8(*bytes).split(u'\n', Qt::SkipEmptyParts);
}

/// The value after "NAME=" or "NAME:", without quotes; empty when it is not there.
QString attribute(const QString& line, const QString& name)
{
    const QRegularExpression pattern(u"[:,]%1=\"?([^\",]*)"_s.arg(name));
    return pattern.match(line).captured(1);
}

/// Bit/s of the heaviest segment.
Result<double> heaviestSegment(const QString& playlist)
{
    const auto lines = linesOf(playlist);
    if (!lines)
        return lines.error();
    const QString folder = QFileInfo(playlist).path() + u'/';
    double target = 0;
    double duration = 0;
    double heaviest = 0;
    for (const QString& line : *lines) {
        if (line.startsWith(u"#EXT-X-TARGETDURATION:"))
            target = line.section(u':', 1).toDouble();
        else if (line.startsWith(u"#EXTINF:"))
            duration = line.section(u':', 1).section(u',', 0, 0).toDouble();
        else if (!line.startsWith(u'#') && duration > 0 && (duration >= target / 2 || heaviest == 0))
            heaviest = std::max(heaviest, static_cast<double>(QFileInfo(folder + line).size()) * 8 / duration);
    }
    return heaviest;
}

} // namespace

Result<std::vector<VariantRate>> weighVariants(const QString& folder, const QString& master)
{
    const QString path = folder + u'/' + master;
    const auto lines = linesOf(path);
    if (!lines)
        return lines.error();
    const QString root = QFileInfo(path).path() + u'/';
    std::vector<VariantRate> variants;
    double sound = 0;
    double declared = 0;
    for (const QString& line : *lines) {
        if (line.startsWith(u"#EXT-X-MEDIA:")) {
            const auto rate = heaviestSegment(root + attribute(line, u"URI"_s));
            if (!rate)
                return rate.error();
            sound = *rate;
        } else if (line.startsWith(u"#EXT-X-STREAM-INF:")) {
            declared = attribute(line, u"BANDWIDTH"_s).toDouble();
        } else if (!line.startsWith(u'#')) {
            const auto rate = heaviestSegment(root + line);
            if (!rate)
                return rate.error();
            variants.push_back({line.section(u'/', -2, -2), declared, *rate + sound});
        }
    }
    if (variants.empty())
        return Error {ErrorCode::Corrupt, u"the master playlist names no variant"_s, "no_variant"};
    return variants;
}

} // namespace vidimus::workbench
