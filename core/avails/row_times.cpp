#include "core/avails/row_context_p.h"

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
bool isFarFuture(const QString& text)
{
    const auto read = rights::importTime(text, rights::TimeColumn::Start, {});
    return read && read->instant && *read->instant >= kLatest;
}

/// A duration of XML Schema without a sign: "P30D", "P1Y6M", "PT48H".
struct Duration {
    int months = 0;
    int days = 0;
    qint64 seconds = 0;
};

std::optional<Duration> durationIn(const QString& text)
{
    static const QRegularExpression pattern(
        u"^P(?=.)(?:(\\d{1,4})Y)?(?:(\\d{1,5})M)?(?:(\\d{1,4})W)?(?:(\\d{1,6})D)?(?:T(?=.)(?:(\\d{1,7})H)?(?:(\\d{1,8})M)?(?:(\\d{1,9})S)?)?$"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = [&match](int group) { return match.capturedView(group).toInt(); };
    return Duration {.months = number(1) * 12 + number(2),
        .days = number(3) * 7 + number(4),
        .seconds = number(5) * 3600LL + number(6) * 60LL + number(7)};
}

std::optional<Instant> readTime(RowContext& context, QLatin1StringView column, rights::TimeColumn kind)
{
    const QString text = context.cell(column);
    if (kind == rights::TimeColumn::End && isFarFuture(text)) {
        context.note(column, u"YEAR_MEANS_OPEN"_s, u"read as an open end"_s);
        return std::nullopt;
    }
    const auto read = rights::importTime(text, kind, context.options.times);
    if (!read) {
        context.fail(column, QString::fromLatin1(read.error().reason), read.error().detail);
        return std::nullopt;
    }
    if (!read->condition.isEmpty())
        context.fail(column, u"CONDITION_NEEDS_EVENT"_s, u"a condition needs a known event; write the date"_s);
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
    const QTimeZone zone(context.options.times.zone.toLatin1());
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(start.time_since_epoch().count(), zone)
                                .addMonths(duration->months)
                                .addDays(duration->days)
                                .addSecs(duration->seconds);
    const Instant end {Milliseconds {local.toMSecsSinceEpoch()}};
    context.note("WindowDuration"_L1, u"END_FROM_DURATION"_s, u"the end is read as %1"_s.arg(toRfc3339(end)));
    return end;
}

void readLag(RowContext& context, QLatin1StringView lag, QLatin1StringView bound)
{
    if (context.cell(lag).isEmpty())
        return;
    const auto read = rights::importTime(context.cell(bound), rights::TimeColumn::Start, {});
    if (read && read->condition.isEmpty())
        context.fail(lag, u"LAG_WITHOUT_CONDITION"_s,
            u"a lag counts from a condition such as Theatrical, and %1 holds none"_s.arg(bound));
}

std::optional<Instant> readOtherDate(RowContext& context, QLatin1StringView column)
{
    return context.cell(column).isEmpty() ? std::nullopt : readTime(context, column, rights::TimeColumn::Start);
}

/// From AnnounceDate on a title may be spoken of, but never before SuppressionLiftDate.
void readAnnouncement(RowContext& context, AvailRow& out, std::optional<Instant> lift)
{
    std::optional<Instant> from = readOtherDate(context, "AnnounceDate"_L1);
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

void readTimes(RowContext& context, AvailRow& out)
{
    rights::Window& window = out.grant.window;
    const QString missing = u"the date is missing; for no bound write Immediate or Open"_s;
    if (context.cell("Start"_L1).isEmpty())
        context.fail("Start"_L1, u"MISSING"_s, missing);
    else
        window.start = readTime(context, "Start"_L1, rights::TimeColumn::Start);
    if (!context.cell("End"_L1).isEmpty())
        window.end = readTime(context, "End"_L1, rights::TimeColumn::End);
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
    const std::optional<Instant> lift = readOtherDate(context, "SuppressionLiftDate"_L1);
    if (lift)
        out.grant.terms.insert(u"suppression_lift"_s, toRfc3339(*lift));
    readAnnouncement(context, out, lift);
    if (const auto fulfil = readOtherDate(context, "SpecialPreOrderFulfillDate"_L1))
        out.grant.terms.insert(u"preorder_fulfill"_s, toRfc3339(*fulfil));
    if (context.cell("LicenseType"_L1).compare("POEST"_L1, Qt::CaseInsensitive) == 0)
        makePreOrder(context, out, lift);
}

} // namespace vidimus::avails
