#include "core/rights/time_import.h"

#include "core/base/json.h"
#include "core/rights/local_time.h"

#include <QDateTime>
#include <QFile>
#include <QRegularExpression>
#include <QTimeZone>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t kSecondMs = 1000;
constexpr std::int64_t kMinuteMs = 60 * kSecondMs;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;

/// A cell taken apart, still on the wall clock.
struct Wall {
    std::int64_t millis = 0; ///< since 1970-01-01T00:00 on that clock
    bool dateOnly = false;
    std::optional<std::int64_t> offset; ///< ms east of UTC, when the cell says so
};

Error badDate(const QString& shown, DateFormat dates)
{
    static const QRegularExpression ordered(u"^\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{4}"_s);
    const bool isOrdered = ordered.match(shown.trimmed()).hasMatch();
    if (isOrdered && (dates == DateFormat::MonthFirst || dates == DateFormat::DayFirst))
        return {ErrorCode::Invalid,
            u"\"%1\" is no date with the %2 first; write %3 or 2026-03-31"_s.arg(shown.left(64),
                dates == DateFormat::MonthFirst ? u"month"_s : u"day"_s,
                dates == DateFormat::MonthFirst ? u"3/31/2026"_s : u"31/3/2026"_s),
            "BAD_DATE"};
    if (isOrdered)
        return {ErrorCode::Invalid,
            u"\"%1\" can be read in two ways; write 2026-03-31, or say with --dates (mdy or dmy) or in the licensor's profile which number is the month"_s
                .arg(shown.left(64)),
            "BAD_DATE"};
    return {ErrorCode::Invalid,
        u"\"%1\" is no date; write 2026-03-31, 2026-03-31T18:00:00 or 2026-03-31T18:00:00+03:00"_s.arg(shown.left(64)),
        "BAD_DATE"};
}

std::optional<std::int64_t> dayMillis(int year, int month, int day)
{
    const QDate date(year, month, day);
    if (year < 1 || !date.isValid())
        return std::nullopt;
    return date.startOfDay(QTimeZone::utc()).toMSecsSinceEpoch();
}

/// ISO 8601 as spreadsheets write it: date, or date and time with or without seconds, fraction and offset.
std::optional<Wall> wallFromText(QStringView text)
{
    static const QRegularExpression pattern(
        u"^(\\d{4})-(\\d{2})-(\\d{2})(?:[Tt ](\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?\\s?(?:([Zz])|([+-])(\\d{2}):?(\\d{2}))?)?$"_s);
    const QRegularExpressionMatch match = pattern.match(text.toString());
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = [&match](int group) { return match.capturedView(group).toInt(); };
    const auto day = dayMillis(number(1), number(2), number(3));
    if (!day)
        return std::nullopt;
    Wall wall {.millis = *day, .dateOnly = !match.hasCaptured(4), .offset = std::nullopt};
    if (wall.dateOnly)
        return wall;
    const int hour = number(4), minute = number(5), second = number(6);
    const int fraction
        = match.hasCaptured(7) ? match.captured(7).leftJustified(3, u'0').left(3).toInt() : 0; // milliseconds
    const bool midnightAtEnd = hour == 24 && minute == 0 && second == 0 && fraction == 0;
    if ((hour > 23 && !midnightAtEnd) || minute > 59 || second > 59)
        return std::nullopt;
    wall.millis += (hour * 60LL + minute) * kMinuteMs + second * kSecondMs + fraction;
    if (match.hasCaptured(8))
        wall.offset = 0;
    if (match.hasCaptured(9)) {
        if (number(10) > 14 || number(11) > 59) // no zone lies farther from UTC than +14:00
            return std::nullopt;
        const std::int64_t offset = (number(10) * 60LL + number(11)) * kMinuteMs;
        wall.offset = match.capturedView(9) == u"-" ? -offset : offset;
    }
    return wall;
}

/// Excel's 1900 date system: day 1 is 1900-01-01 and day 60 is a 29 February 1900 that never was, so from day 61 on the
/// count runs from 1899-12-30. (ECMA-376 part 1, 18.17.4.1)
std::optional<Wall> wallFromSerial(double serial)
{
    constexpr double kLastSerial = 2958466; // the day after 9999-12-31
    if (!(serial >= 1 && serial < kLastSerial) || std::floor(serial) == 60)
        return std::nullopt;
    const double day = std::floor(serial);
    const std::int64_t base = *dayMillis(1899, 12, 30) + (day < 60 ? kDayMs : 0);
    const std::int64_t time = std::llround((serial - day) * 86400) * kSecondMs; // a double holds no exact seconds
    return Wall {.millis = base + static_cast<std::int64_t>(day) * kDayMs + time,
        .dateOnly = serial == day,
        .offset = std::nullopt};
}

/// "3/4/2026", "03.04.2026 18:00", "3/4/2026 6:00 PM": the order is the profile's.
std::optional<Wall> wallFromOrder(const QString& text, bool monthFirst)
{
    static const QRegularExpression pattern(
        u"^(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4})(?:[ T]+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?: ?([AaPp])[Mm])?)?$"_s);
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = [&match](int group) { return match.capturedView(group).toInt(); };
    const auto day
        = monthFirst ? dayMillis(number(4), number(1), number(3)) : dayMillis(number(4), number(3), number(1));
    if (!day)
        return std::nullopt;
    Wall wall {.millis = *day, .dateOnly = !match.hasCaptured(5), .offset = std::nullopt};
    if (wall.dateOnly)
        return wall;
    int hour = number(5);
    const bool midnightAtEnd = hour == 24 && number(6) == 0 && number(7) == 0 && !match.hasCaptured(8);
    if (match.hasCaptured(8)) {
        if (hour < 1 || hour > 12)
            return std::nullopt;
        hour = hour % 12 + (match.capturedView(8).compare(u"p", Qt::CaseInsensitive) == 0 ? 12 : 0);
    }
    if ((hour > 23 && !midnightAtEnd) || number(6) > 59 || number(7) > 59)
        return std::nullopt;
    wall.millis += (hour * 60LL + number(6)) * kMinuteMs + number(7) * kSecondMs;
    return wall;
}

/// Whether day and month could change places and give another date.
bool couldBeOther(const QString& text)
{
    static const QRegularExpression two(u"^(\\d{1,2})[/.-](\\d{1,2})[/.-]"_s);
    const auto match = two.match(text);
    const int first = match.capturedView(1).toInt(), second = match.capturedView(2).toInt();
    return first <= 12 && second <= 12 && first != second;
}

struct ReadWall {
    Wall wall;
    QString ambiguity;
};

std::optional<ReadWall> wallFrom(const QJsonValue& value, DateFormat dates)
{
    const QString text = value.toString().trimmed();
    static const QRegularExpression serial(u"^\\d{1,7}(\\.\\d{1,16})?$"_s);
    if (value.isDouble() || serial.match(text).hasMatch()) {
        const auto wall = wallFromSerial(value.isDouble() ? value.toDouble() : text.toDouble());
        const bool stated = dates == DateFormat::Serial || value.isDouble();
        return wall
            ? std::optional(ReadWall {*wall, stated ? QString() : u"a number counts the days of a spreadsheet"_s})
            : std::nullopt;
    }
    if (const auto wall = wallFromText(text))
        return ReadWall {*wall, {}};
    const bool monthFirst = dates == DateFormat::MonthFirst;
    if (!monthFirst && dates != DateFormat::DayFirst)
        return std::nullopt;
    const auto wall = wallFromOrder(text, monthFirst);
    if (!wall)
        return std::nullopt;
    const QString order = monthFirst ? u"the month stands first"_s : u"the day stands first"_s;
    return ReadWall {*wall, couldBeOther(text) ? order : QString()};
}

/// 23:59 and 23:59:59 mean "to the end of the day".
bool roundEndOfDay(Wall& wall)
{
    const std::int64_t left = kDayMs - (wall.millis % kDayMs + kDayMs) % kDayMs;
    if (wall.dateOnly || (left != kMinuteMs && left > kSecondMs))
        return false;
    wall.millis += left;
    return true;
}

/// The conditions of the Avails vocabulary; an open or immediate bound is no bound.
std::optional<ImportedTime> condition(const QString& text, TimeColumn column)
{
    constexpr std::array kNeedEvent {"ESTStart"_L1, "EST"_L1, "Broadcast"_L1, "Completed"_L1, "Theatrical"_L1};
    if (column == TimeColumn::End && text.compare("Open"_L1, Qt::CaseInsensitive) == 0)
        return ImportedTime {};
    if (column == TimeColumn::Start
        && (text.compare("Immediate"_L1, Qt::CaseInsensitive) == 0
            || text.compare("Open"_L1, Qt::CaseInsensitive) == 0))
        return ImportedTime {};
    for (const QLatin1StringView name : kNeedEvent) {
        if (text.compare(name, Qt::CaseInsensitive) == 0)
            return ImportedTime {.instant = std::nullopt, .condition = QString(name), .warning = {}};
    }
    return std::nullopt;
}

/// Qt takes an empty name for the zone of this machine and a misspelt one ("Pariss") for a POSIX rule at UTC.
QTimeZone zoneOf(const QString& name)
{
    const QByteArray id = name.toLatin1();
    return QTimeZone::isTimeZoneIdAvailable(id) ? QTimeZone(id) : QTimeZone();
}

/// How many letters have to be put, taken or changed to make one word of the other.
int editDistance(const QString& a, const QString& b)
{
    std::vector<int> row(static_cast<std::size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int corner = std::exchange(row[0], static_cast<int>(i) + 1);
        for (qsizetype j = 0; j < b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            const int changed = corner + (a[i] == b[j] ? 0 : 1);
            corner = row[at + 1];
            row[at + 1] = std::min({changed, row[at] + 1, corner + 1});
        }
    }
    return row.back();
}

/// Names that are written nearly so, or have the word as their city.
QStringList zonesLike(const QString& name)
{
    constexpr int kMostChanges = 3;
    constexpr qsizetype kMostShown = 3;
    const QString wanted = name.left(64).toLower();
    std::vector<std::pair<int, QString>> near;
    const QList<QByteArray> ids = QTimeZone::availableTimeZoneIds();
    for (const QByteArray& id : ids) {
        const QString zone = QString::fromLatin1(id);
        const QString lower = zone.toLower();
        const int distance = std::min(editDistance(wanted, lower), editDistance(wanted, lower.section(u'/', -1)));
        if (distance <= kMostChanges && distance < wanted.size())
            near.emplace_back(distance, zone);
    }
    std::ranges::sort(near);
    QStringList names;
    for (const auto& [distance, zone] : near) {
        if (names.size() < kMostShown)
            names.append(zone);
    }
    return names;
}

} // namespace

Result<void> checkZone(const QString& zone)
{
    if (zoneOf(zone).isValid())
        return {};
    const QStringList near = zonesLike(zone);
    return Error {ErrorCode::Invalid,
        u"\"%1\" is no time zone of the IANA database; %2"_s.arg(zone.left(64),
            near.isEmpty() ? u"write one such as Europe/Paris or UTC"_s
                           : u"did you mean %1?"_s.arg(near.join(u", "_s))),
        "BAD_ZONE"};
}

std::optional<DateFormat> dateFormatFromName(const QString& name)
{
    for (const DateFormat format :
        {DateFormat::Iso, DateFormat::MonthFirst, DateFormat::DayFirst, DateFormat::Serial}) {
        if (name == nameOf(format))
            return format;
    }
    return std::nullopt;
}

QString nameOf(DateFormat format)
{
    switch (format) {
    case DateFormat::MonthFirst:
        return u"mdy"_s;
    case DateFormat::DayFirst:
        return u"dmy"_s;
    case DateFormat::Serial:
        return u"serial"_s;
    case DateFormat::Iso:
        break;
    }
    return u"iso"_s;
}

Result<ImportedTime> importTime(const QJsonValue& value, TimeColumn column, const TimeProfile& profile)
{
    if (value.isString()) {
        if (const auto known = condition(value.toString().trimmed(), column))
            return *known;
    }
    const auto taken = wallFrom(value, profile.dates);
    if (!taken)
        return badDate(value.isDouble() ? QString::number(value.toDouble()) : value.toString(), profile.dates);
    ImportedTime read {
        .instant = std::nullopt, .condition = {}, .warning = {}, .includesDay = false, .ambiguity = taken->ambiguity};
    Wall wall = taken->wall;
    if (column == TimeColumn::End) {
        if (wall.dateOnly && profile.dateOnlyEnd == DateOnlyEnd::InclusiveDay) {
            wall.millis += kDayMs;
            read.includesDay = true;
        } else if (roundEndOfDay(wall)) {
            read.warning = u"END_OF_DAY_ROUNDED"_s;
        }
    }
    std::int64_t millis = wall.millis;
    if (wall.offset) {
        millis -= *wall.offset;
    } else {
        const QTimeZone zone = zoneOf(profile.zone);
        if (!zone.isValid())
            return checkZone(profile.zone).error();
        // The later start and the earlier end, so that nothing plays outside the licence.
        const LocalTime local = fromWallClock(wall.millis, zone);
        millis = column == TimeColumn::Start ? local.later : local.earlier;
        if (local.kind == LocalTimeKind::Twice)
            read.warning = u"LOCAL_TIME_TWICE"_s;
        else if (local.kind == LocalTimeKind::Skipped)
            read.warning = u"LOCAL_TIME_SKIPPED"_s;
    }
    read.instant = Instant {Milliseconds {millis}};
    if (*read.instant < kMinInstant || *read.instant > kMaxInstant)
        return badDate(value.isDouble() ? QString::number(value.toDouble()) : value.toString(), profile.dates);
    return read;
}

Result<TimeProfile> timeProfileFromJson(const QJsonObject& json, const QString& path)
{
    JsonReader reader(json, path);
    TimeProfile profile;
    profile.zone = reader.string("zone"_L1, profile.zone);
    const QString end = reader.string("date_only_end"_L1, u"inclusive_day"_s);
    if (end.startsWith("exclusive"_L1) || end == "midnight"_L1)
        profile.dateOnlyEnd = DateOnlyEnd::Exclusive;
    else if (end != "inclusive_day"_L1)
        reader.fail("date_only_end"_L1, u"must be inclusive_day or exclusive"_s);
    const auto dates = dateFormatFromName(reader.string("dates"_L1, u"iso"_s));
    if (dates)
        profile.dates = *dates;
    else
        reader.fail("dates"_L1, u"must be iso, mdy, dmy or serial"_s);
    if (const auto zone = checkZone(profile.zone); !zone)
        reader.fail("zone"_L1, zone.error().detail);
    if (const auto read = reader.finish(); !read)
        return read.error();
    return profile;
}

QJsonObject toJson(const TimeProfile& profile)
{
    return {{u"zone"_s, profile.zone},
        {u"date_only_end"_s, profile.dateOnlyEnd == DateOnlyEnd::InclusiveDay ? u"inclusive_day"_s : u"exclusive"_s},
        {u"dates"_s, nameOf(profile.dates)}};
}

QString timeZoneDatabaseVersion()
{
    // The compiled-in names of tzdata's own packaging: the database in one text file, or its version alone.
    static const QString version = [] {
        const QString folder = qEnvironmentVariable("TZDIR", u"/usr/share/zoneinfo"_s);
        for (const QString& name : {u"/tzdata.zi"_s, u"/+VERSION"_s}) {
            QFile file(folder + name);
            if (!file.open(QIODevice::ReadOnly))
                continue;
            QString line = QString::fromLatin1(file.readLine(64)).trimmed();
            if (line.startsWith(u"# version "))
                line = line.sliced(10);
            if (!line.isEmpty() && line.size() <= 16 && !line.startsWith(u'#'))
                return line;
        }
        return u"unknown"_s;
    }();
    return version;
}

} // namespace vidimus::rights
