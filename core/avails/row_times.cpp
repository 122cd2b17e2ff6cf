#include "core/avails/row_context_p.h"

#include "core/avails/known_events_p.h"
#include "core/rights/validate.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

// 1900-01-01 and 2200-01-01 UTC, the years of rights::validate().
constexpr Instant kEarliest {Milliseconds {-2208988800000}};
constexpr Instant kLatest {Milliseconds {7258118400000}};

/// "9999-12-31" and its like, as text or as a serial, are how a spreadsheet says "for ever".
bool isFarFuture(const QString& text, rights::DateFormat dates)
{
    const auto read = rights::importTime(text, rights::TimeColumn::Start, {.dates = dates});
    return read && read->instant && *read->instant >= kLatest;
}

/// A duration of XML Schema: "P30D", "P1Y6M", "PT48H", "-P7D".
struct Duration {
    int months = 0;
    int days = 0;
    qint64 seconds = 0;
};

std::optional<Duration> durationIn(const QString& text)
{
    static const QRegularExpression pattern(
        u"^-?P(?=.)(?:(\\d{1,4})Y)?(?:(\\d{1,5})M)?(?:(\\d{1,4})W)?(?:(\\d{1,6})D)?(?:T(?=.)(?:(\\d{1,7})H)?(?:(\\d{1,8})M)?(?:(\\d{1,9})S)?)?$"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = [&match](int group) { return match.capturedView(group).toInt(); };
    const int sign = text.startsWith(u'-') ? -1 : 1;
    return Duration {.months = sign * (number(1) * 12 + number(2)),
        .days = sign * (number(3) * 7 + number(4)),
        .seconds = sign * (number(5) * 3600LL + number(6) * 60LL + number(7))};
}

/// Counted on the licensor's calendar.
Instant later(const RowContext& context, Instant from, const Duration& duration)
{
    const QTimeZone zone(context.options.times.zone.toLatin1());
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(from.time_since_epoch().count(), zone)
                                .addMonths(duration.months)
                                .addDays(duration.days)
                                .addSecs(duration.seconds);
    return Instant {Milliseconds {local.toMSecsSinceEpoch()}};
}

/// The instant of a condition: its event's date, where one is known everywhere that the row speaks of, and the lag.
std::optional<Instant> resolved(
    RowContext& context, const AvailRow& row, QLatin1StringView column, const QString& condition)
{
    const bool isEnd = column == "End"_L1;
    const auto lagColumn = isEnd ? "EndLag"_L1 : "StartLag"_L1;
    const QString lag = column == "Start"_L1 || isEnd ? context.cell(lagColumn) : QString();
    const auto duration = lag.isEmpty() ? std::optional(Duration {}) : durationIn(lag);
    if (!duration) {
        context.fail(lagColumn, u"BAD_DURATION"_s, u"must be a duration such as P30D, P1Y or -P7D"_s);
        return std::nullopt;
    }
    const auto event = context.events.find(row.title, condition, row.grant.territory, isEnd);
    if (!event) {
        context.fail(column, u"CONDITION_NEEDS_EVENT"_s,
            u"no date of %1 is known for this title in %2; write the date, or give the event of its holdback one"_s.arg(
                condition, row.grant.territory.include.join(u", "_s).left(100)));
        return std::nullopt;
    }
    const Instant at = later(context, *event, *duration);
    context.note(column, u"CONDITION_RESOLVED"_s,
        u"%1 was at %2, so this is read as %3"_s.arg(condition, toRfc3339(*event), toRfc3339(at)));
    return at;
}

std::optional<Instant> readTime(
    RowContext& context, const AvailRow& row, QLatin1StringView column, rights::TimeColumn kind)
{
    const QString text = context.cell(column);
    if (kind == rights::TimeColumn::End && isFarFuture(text, context.options.times.dates)) {
        context.note(column, u"YEAR_MEANS_OPEN"_s, u"read as an open end"_s);
        return std::nullopt;
    }
    const auto read = rights::importTime(text, kind, context.options.times);
    if (!read) {
        context.fail(column, QString::fromLatin1(read.error().reason), read.error().detail);
        return std::nullopt;
    }
    if (!read->condition.isEmpty())
        return resolved(context, row, column, read->condition);
    if (!read->ambiguity.isEmpty())
        context.note(column, u"DATE_READ_AS"_s,
            u"%1, so read as %2"_s.arg(read->ambiguity, toRfc3339(read->instant.value_or(Instant {}))));
    if (read->includesDay)
        context.note(column, u"END_INCLUDES_DAY"_s,
            u"a date alone means its whole day, so read as %1"_s.arg(toRfc3339(read->instant.value_or(Instant {}))));
    if (!read->warning.isEmpty())
        context.note(column, read->warning, u"read as %1"_s.arg(toRfc3339(read->instant.value_or(Instant {}))));
    return read->instant;
}

/// The end that a start and a duration give, counted on the licensor's calendar.
std::optional<Instant> endAfter(RowContext& context, Instant start)
{
    const auto duration = durationIn(context.cell("WindowDuration"_L1));
    if (!duration) {
        context.fail("WindowDuration"_L1, u"BAD_DURATION"_s, u"must be a duration such as P30D, P1Y or PT48H"_s);
        return std::nullopt;
    }
    const Instant end = later(context, start, *duration);
    context.note("WindowDuration"_L1, u"END_FROM_DURATION"_s, u"the end is read as %1"_s.arg(toRfc3339(end)));
    return end;
}

void readLag(RowContext& context, QLatin1StringView lag, QLatin1StringView bound)
{
    if (context.cell(lag).isEmpty())
        return;
    const auto read = rights::importTime(context.cell(bound), rights::TimeColumn::Start, context.options.times);
    if (read && read->condition.isEmpty())
        context.fail(lag, u"LAG_WITHOUT_CONDITION"_s,
            u"a lag counts from a condition such as Theatrical, and %1 holds none"_s.arg(bound));
}

std::optional<Instant> readOtherDate(RowContext& context, const AvailRow& row, QLatin1StringView column)
{
    return context.cell(column).isEmpty() ? std::nullopt : readTime(context, row, column, rights::TimeColumn::Start);
}

/// From AnnounceDate on a title may be spoken of, but never before SuppressionLiftDate.
void readAnnouncement(RowContext& context, AvailRow& out, std::optional<Instant> lift)
{
    std::optional<Instant> from = readOtherDate(context, out, "AnnounceDate"_L1);
    if (from && lift && *from < *lift)
        context.note("AnnounceDate"_L1, u"SUPPRESSED_UNTIL"_s,
            u"held back until the SuppressionLiftDate, %1"_s.arg(toRfc3339(*lift)));
    if (lift && (!from || *from < *lift))
        from = lift;
    if (!from)
        return;
    out.grant.terms.insert(u"announce"_s, toRfc3339(*from));
    out.grant.announced = rights::Window {*from, out.grant.window.end};
}

/// Start and End of a POEST row say when the title may be ordered before it plays. What plays, and from when, is for
/// the title's EST row to say; this one lets nothing play.
void makePreOrder(RowContext& context, AvailRow& out, std::optional<Instant> lift)
{
    rights::Window order = out.grant.window;
    if (lift && (!order.start || *order.start < *lift))
        order.start = lift;
    if (order.isEmpty() && !out.grant.window.isEmpty())
        context.fail("SuppressionLiftDate"_L1, u"END_BEFORE_START"_s,
            u"the pre-order ends at %1, before it may be shown; move the date or End"_s.arg(toRfc3339(*order.end)));
    const Instant never = order.end.value_or(order.start.value_or(kEarliest));
    out.grant.preOrder = order;
    out.grant.window = {never, never};
    context.note("LicenseType"_L1, u"PRE_ORDER_ONLY"_s,
        u"may be ordered%1%2, and is not played by this row"_s.arg(
            order.start ? u" from "_s + toRfc3339(*order.start) : QString(),
            order.end ? u" until "_s + toRfc3339(*order.end) : QString()));
}

} // namespace

bool hasCondition(const SheetRow& row, const Columns& columns)
{
    for (const auto column : {"Start"_L1, "End"_L1}) {
        const auto read = rights::importTime(columns.cell(row, column), rights::TimeColumn::Start, {});
        if (read && !read->condition.isEmpty())
            return true;
    }
    return false;
}

void readTimes(RowContext& context, AvailRow& out)
{
    rights::Window& window = out.grant.window;
    const QString missing = u"the date is missing; for no bound write Immediate or Open"_s;
    if (context.cell("Start"_L1).isEmpty())
        context.fail("Start"_L1, u"MISSING"_s, missing);
    else
        window.start = readTime(context, out, "Start"_L1, rights::TimeColumn::Start);
    if (!context.cell("End"_L1).isEmpty())
        window.end = readTime(context, out, "End"_L1, rights::TimeColumn::End);
    else if (!context.cell("WindowDuration"_L1).isEmpty() && window.start)
        window.end = endAfter(context, *window.start);
    else
        context.fail("End"_L1, u"MISSING"_s, missing);
    readLag(context, "StartLag"_L1, "Start"_L1);
    readLag(context, "EndLag"_L1, "End"_L1);
    const auto isOutside
        = [](const std::optional<Instant>& bound) { return bound && (*bound < kEarliest || *bound >= kLatest); };
    if (window.isEmpty() && !isOutside(window.start) && !isOutside(window.end))
        context.fail("End"_L1, u"END_BEFORE_START"_s,
            u"the window ends at %1, not after its start at %2"_s.arg(
                toRfc3339(*window.end), toRfc3339(*window.start)));
    for (const auto& [column, bound] : {std::pair("Start"_L1, window.start), std::pair("End"_L1, window.end)}) {
        if (isOutside(bound))
            context.fail(column, u"BAD_DATE"_s,
                u"the year lies outside %1 to %2; for no bound write Immediate or Open"_s.arg(rights::kFirstYear)
                    .arg(rights::kLastYear));
    }
    const std::optional<Instant> lift = readOtherDate(context, out, "SuppressionLiftDate"_L1);
    if (lift)
        out.grant.terms.insert(u"suppression_lift"_s, toRfc3339(*lift));
    readAnnouncement(context, out, lift);
    if (const auto fulfil = readOtherDate(context, out, "SpecialPreOrderFulfillDate"_L1))
        out.grant.terms.insert(u"preorder_fulfill"_s, toRfc3339(*fulfil));
    if (context.cell("LicenseType"_L1).compare("POEST"_L1, Qt::CaseInsensitive) == 0)
        makePreOrder(context, out, lift);
}

} // namespace vidimus::avails
