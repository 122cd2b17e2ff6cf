#include "ui/rights/time_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("RightsText", text);
}

std::optional<Instant> fromWords(const QString& text)
{
    QString plain = text;
    if (plain.endsWith(u'Z') || plain.endsWith(u'z'))
        plain.chop(1);
    const QString date = tr("d MMM yyyy");
    for (const QString& format : {u"yyyy-MM-dd"_s, u"yyyy-MM-dd HH:mm"_s, u"yyyy-MM-dd'T'HH:mm"_s,
             u"yyyy-MM-dd HH:mm:ss"_s, date, date + u" HH:mm"_s, date + u" HH:mm:ss"_s}) {
        QDateTime read = QLocale().toDateTime(plain, format);
        if (!read.isValid())
            continue;
        read = QDateTime(read.date(), read.time(), Qt::UTC);
        return Instant(Milliseconds(read.toMSecsSinceEpoch()));
    }
    return std::nullopt;
}

} // namespace

Result<Instant> parseInstantText(const QString& text)
{
    const QString plain = text.simplified();
    if (auto instant = parseRfc3339(plain))
        return *instant;
    if (const auto instant = fromWords(plain); instant && kMinInstant <= *instant && *instant <= kMaxInstant)
        return *instant;
    return Error {ErrorCode::Invalid, u"'%1' is no instant"_s.arg(plain.left(64)), "bad_date"};
}

Result<std::optional<Instant>> parseEdgeText(const QString& text, vidimus::rights::TimeColumn column)
{
    const QString plain = text.simplified();
    const QString zone = plain.section(u' ', -1);
    if (zone.contains(u'/') && QTimeZone::isTimeZoneIdAvailable(zone.toUtf8())) {
        const vidimus::rights::TimeProfile profile {zone, vidimus::rights::DateOnlyEnd::Exclusive};
        const auto read = vidimus::rights::importTime(plain.section(u' ', 0, -2), column, profile);
        if (!read || !read->instant)
            return Error {ErrorCode::Invalid, u"'%1' is no instant"_s.arg(plain.left(64)), "bad_date"};
        return std::optional<Instant>(*read->instant);
    }
    if (plain.isEmpty() || plain == u"-" || plain == tr("always") || plain == tr("open"))
        return std::optional<Instant>();
    auto instant = parseInstantText(plain);
    if (!instant)
        return std::move(instant).error();
    return std::optional<Instant>(*instant);
}

Instant nudged(Instant instant, NudgeStep step, int count)
{
    const QDateTime from = QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count(), Qt::UTC);
    QDateTime to;
    switch (step) {
    case NudgeStep::Hour:
        to = from.addSecs(qint64(count) * 3600);
        break;
    case NudgeStep::Day:
        to = from.addDays(count);
        break;
    case NudgeStep::Month:
        to = from.addMonths(count);
        break;
    }
    return std::clamp(Instant(Milliseconds(to.toMSecsSinceEpoch())), kMinInstant, kMaxInstant);
}

} // namespace vidimus::ui::rights
