#include "app/cli/media_text.h"

#include "app/cli/table_text.h"
#include "app/cli/terminal.h"

#include <QJsonArray>

#include <cmath>

namespace vidimus::cli {

using namespace Qt::StringLiterals;

namespace {

/// "01:02.345", with the hours when there are any.
QString seconds(const QJsonValue& value)
{
    const auto milliseconds = static_cast<qint64>(std::llround(value.toDouble() * 1000));
    const qint64 minutes = milliseconds / 60'000;
    const QString rest = u"%1:%2"_s.arg(minutes % 60, 2, 10, QChar(u'0'))
                             .arg(double(milliseconds % 60'000) / 1000, 6, 'f', 3, QChar(u'0'));
    return minutes < 60 ? rest : u"%1:%2"_s.arg(minutes / 60).arg(rest);
}

QString findingText(const QJsonObject& finding)
{
    return u"%1 to %2  %3  %4\n"_s.arg(
        seconds(finding[u"start"]), seconds(finding[u"end"]), plain(finding[u"severity"]), plain(finding[u"measured"]));
}

/// A look at parts of a file: what was seen there, and that it is no verdict on the rest.
QString firstLookText(const QJsonObject& json)
{
    qint64 frames = 0;
    const QJsonArray places = json[u"looked_at"].toArray();
    for (const QJsonValue& place : places)
        frames += place.toObject()[u"frames"].toInteger();
    QString text = u"Provisional: %1  (profile %2, %3 frames at %4 places of %5, took %6 s)\n"_s.arg(
        plain(json[u"verdict"]).replace(u'_', u' '), plain(json[u"profile"]), QString::number(frames),
        QString::number(places.size()), seconds(json[u"duration"]), plain(json[u"seconds"]));
    const QJsonArray findings = json[u"findings"].toArray();
    for (const QJsonValue& finding : findings)
        text += u"  %1  "_s.arg(plain(finding.toObject()[u"check"]), -16) + findingText(finding.toObject());
    const QJsonArray suspects = json[u"suspects"].toArray();
    for (const QJsonValue& suspect : suspects)
        text += u"  %1  perhaps  "_s.arg(plain(suspect.toObject()[u"check"]), -16) + findingText(suspect.toObject());
    if (findings.isEmpty() && suspects.isEmpty())
        text += u"Nothing was found at these places.\n"_s;
    return text + u"The rest was not looked at; \"vidimus check\" without --first does.\n"_s;
}

QJsonObject checkNamed(const QJsonValue& report, const QString& id)
{
    const QJsonArray checks = report.toObject()[u"checks"].toArray();
    for (const QJsonValue& value : checks) {
        if (value.toObject()[u"id"] == id)
            return value.toObject();
    }
    return {};
}

/// What was measured; of a check that passes only what is not nothing.
QJsonObject toldMeasures(const QJsonObject& check)
{
    QJsonObject told;
    const QJsonObject measured = check[u"measured"].toObject();
    for (auto it = measured.begin(); it != measured.end(); ++it) {
        if (check[u"result"].toString() != u"pass" || it->toDouble() != 0)
            told.insert(it.key(), *it);
    }
    return told;
}

/// "25", "29.97" of "30000/1001".
QString rateText(const QString& rate)
{
    const QStringList parts = rate.split(u'/');
    const double below = parts.size() == 2 ? parts[1].toDouble() : 1;
    const double value = below > 0 ? parts[0].toDouble() / below : 0;
    return value > 0 ? QString::number(value, 'g', 5) : QString();
}

/// What a stream is, in the order in which people say it.
QString streamText(const QJsonObject& stream)
{
    QStringList words {plain(stream[u"codec"])};
    const auto add = [&](const QString& word) {
        if (!word.isEmpty())
            words.append(word);
    };
    add(stream[u"profile"].toString());
    const QString type = stream[u"type"].toString();
    if (type == u"video") {
        add(u"%1x%2"_s.arg(plain(stream[u"width"]), plain(stream[u"height"])));
        if (stream[u"rotation"].toInt() != 0)
            add(u"turned by %1°"_s.arg(plain(stream[u"rotation"])));
        if (stream[u"sample_aspect"].toString() != u"1/1")
            add(u"shown as %1x%2"_s.arg(plain(stream[u"display_width"]), plain(stream[u"display_height"])));
        const QString rate = rateText(stream[u"average_rate"].toString());
        if (!rate.isEmpty())
            add(u"%1 frames/s (%2)"_s.arg(rate, plain(stream[u"rate"])));
        add(plain(stream[u"field_order"]));
        add(stream[u"pixel_format"].toString());
        add(plain(stream[u"hdr"]).toUpper());
    } else if (type == u"audio") {
        add(plain(stream[u"layout"]));
        add(u"%1 Hz"_s.arg(plain(stream[u"sample_rate"])));
    }
    add(stream[u"language"].toString());
    if (stream[u"bit_rate"].toDouble() > 0)
        add(u"%1 kbit/s"_s.arg(qRound(stream[u"bit_rate"].toDouble() / 1000)));
    return safeText(words.join(u", "_s));
}

} // namespace

QString probeText(const QJsonObject& json)
{
    QString text = u"%1, %2, %3, %4 kbit/s\n"_s.arg(plain(json[u"container_name"]), seconds(json[u"duration"]),
        sizeText(json[u"bytes"].toDouble()), QString::number(qRound(json[u"bit_rate"].toDouble() / 1000)));
    const QJsonArray streams = json[u"streams"].toArray();
    for (const QJsonValue& value : streams) {
        const QJsonObject stream = value.toObject();
        text += u"  "_s
            + row({{plain(stream[u"index"]), 3}, {plain(stream[u"type"]), 9}, {seconds(stream[u"duration"]), 10},
                {streamText(stream), 0}});
    }
    const QJsonArray problems = json[u"problems"].toArray();
    text += problems.isEmpty() ? u"No problems found.\n"_s : u"Problems:\n"_s;
    for (const QJsonValue& value : problems) {
        const QJsonObject problem = value.toObject();
        text += u"  "_s + row({{plain(problem[u"code"]), 24}, {plain(problem[u"detail"]), 0}});
    }
    return text;
}

QString checkText(const QJsonObject& json)
{
    if (json[u"provisional"].toBool())
        return firstLookText(json);
    QString text = u"Verdict: %1  (profile %2, %3 frames, %4 s of media, took %5 s)\n"_s.arg(plain(json[u"verdict"]),
        plain(json[u"profile"]), plain(json[u"frames"]), plain(json[u"duration"]), plain(json[u"seconds"]));
    const QJsonArray checks = json[u"checks"].toArray();
    for (const QJsonValue& value : checks) {
        const QJsonObject check = value.toObject();
        text += u"  "_s
            + row({{plain(check[u"id"]), 16}, {plain(check[u"result"]), 14}, {plain(toldMeasures(check)), 0}});
        if (!check[u"cause"].toString().isEmpty())
            text += u"      because: %1\n"_s.arg(plain(check[u"cause"]));
        const QJsonArray findings = check[u"findings"].toArray();
        for (const QJsonValue& entry : findings) {
            text += u"      "_s + findingText(entry.toObject());
        }
    }
    if (json[u"stored"].toBool())
        text += u"Stored for asset %1.\n"_s.arg(plain(json[u"asset"]));
    else if (json.contains(u"not_stored"_s))
        text += u"Not stored in the workspace: %1.\n"_s.arg(plain(json[u"not_stored"]));
    return text;
}

QString transcodeText(const QJsonObject& json)
{
    QString text = u"%1 of media, %2 s of work; %3 segments made, %4 were there\n"_s.arg(seconds(json[u"duration"]),
        QString::number(json[u"seconds"].toDouble(), 'f', 1), plain(json[u"segments_encoded"]),
        plain(json[u"segments_reused"]));
    const QJsonArray renditions = json[u"renditions"].toArray();
    for (const QJsonValue& value : renditions) {
        const QJsonObject rendition = value.toObject();
        text += u"  "_s
            + row({{plain(rendition[u"name"]), 10},
                {u"%1×%2"_s.arg(rendition[u"width"].toInt()).arg(rendition[u"height"].toInt()), 10},
                {u"%1 kbit/s"_s.arg(rendition[u"bitrate"].toDouble() / 1000, 0, 'f', 0), 13},
                {u"SSIM %1"_s.arg(rendition[u"ssim"].toDouble(), 0, 'f', 4), 12},
                {u"PSNR %1 dB"_s.arg(rendition[u"psnr"].toDouble(), 0, 'f', 1), 13},
                {plain(rendition[u"encoder"]), 0}});
    }
    const QJsonArray fallbacks = json[u"fallbacks"].toArray();
    for (const QJsonValue& value : fallbacks) {
        const QJsonObject fallback = value.toObject();
        text += u"  %1 instead of %2: %3\n"_s.arg(
            plain(fallback[u"to"]), plain(fallback[u"from"]), plain(fallback[u"why"]));
    }
    text += u"Folder: %1\n"_s.arg(plain(json[u"out"]));
    for (const QString& file : {u"hls"_s, u"poster"_s}) {
        if (!json[file].toString().isEmpty())
            text += u"  "_s + row({{file, 10}, {plain(json[file]), 0}});
    }
    return text
        + (json[u"asset"].isString()
                ? u"Stored for asset %1 of title %2.\n"_s.arg(plain(json[u"asset"]), plain(json[u"title"]))
                : u"The workspace does not know this file, so nothing was stored there (\"vidimus ingest\" takes it in).\n"_s);
}

QString fixText(const QJsonObject& json)
{
    QString text = u"Corrections by profile %1:\n"_s.arg(plain(json[u"profile"]));
    const QJsonArray steps = json[u"steps"].toArray();
    for (const QJsonValue& value : steps) {
        const QJsonObject step = value.toObject();
        text += u"  "_s
            + row({{plain(step[u"check"]), 12}, {plain(step[u"action"]), 16},
                {u"%1 to %2"_s.arg(seconds(step[u"start"]), seconds(step[u"end"])), 24}, {plain(step[u"values"]), 0}});
    }
    if (steps.isEmpty())
        text += u"  none\n"_s;
    const QJsonArray refused = json[u"refused"].toArray();
    for (const QJsonValue& value : refused) {
        const QJsonObject refusal = value.toObject();
        text += u"  "_s
            + row({{plain(refusal[u"check"]), 12}, {u"left as it is"_s, 16}, {plain(refusal[u"detail"]), 0}});
    }
    if (!json.contains(u"after"_s))
        return text
            + (steps.isEmpty() ? QString() : u"Nothing was written. With --out FILE the corrected copy is made.\n"_s);
    const QJsonArray checks = json[u"before"].toObject()[u"checks"].toArray();
    for (const QJsonValue& value : checks) {
        const QJsonObject before = value.toObject();
        const QJsonObject after = checkNamed(json[u"after"], before[u"id"].toString());
        if (before[u"result"] == after[u"result"] && before[u"result"].toString() == u"pass")
            continue;
        text += u"  %1 before: %2  %3\n"_s.arg(
            plain(before[u"id"]).leftJustified(12), plain(before[u"result"]), plain(before[u"measured"]));
        text += u"  %1 after:  %2  %3\n"_s.arg(QString(12, u' '), plain(after[u"result"]), plain(after[u"measured"]));
    }
    if (!json[u"proved"].toBool())
        return text
            + u"The correction does not make it pass after %1 attempts; nothing was written.\n"_s.arg(
                plain(json[u"attempts"]));
    const QJsonObject file = json[u"file"].toObject();
    text
        += u"Written: %1 (%2, %3 bytes)\n"_s.arg(plain(json[u"out"]), plain(file[u"container"]), plain(file[u"bytes"]));
    const QJsonArray streams = file[u"streams"].toArray();
    for (const QJsonValue& value : streams) {
        const QJsonObject stream = value.toObject();
        text += u"  stream %1: %2, %3 %4\n"_s.arg(plain(stream[u"index"]), plain(stream[u"codec"]),
            plain(stream[u"treatment"]), safeText(stream[u"detail"].toString()));
    }
    return text;
}

} // namespace vidimus::cli
