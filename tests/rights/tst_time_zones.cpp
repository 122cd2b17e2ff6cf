#include "core/rights/time_import.h"

#include <QDateTime>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

/// Local times around every change of the clocks, against a search through all instants that show that time.
class TimeZonesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithASearchThroughAllInstants_data();
    void agreesWithASearchThroughAllInstants();
    void readsWorkedExamples_data();
    void readsWorkedExamples();
    void skipsAWholeDay();
};

namespace {

constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kStepMs = 15 * kMinuteMs; // every offset since 1990 is a multiple of 15 minutes

QDateTime utc(qint64 millis)
{
    return QDateTime::fromMSecsSinceEpoch(millis, QTimeZone::utc());
}

QString wallText(qint64 wall)
{
    return utc(wall).toString(u"yyyy-MM-ddTHH:mm:ss"_s);
}

struct Found {
    std::vector<qint64> instants; ///< all that show the wall time, in order
    qint64 gap = 0; ///< where the clock jumps over it, when none does
};

/// Walks two days of instants; \a wall is what a clock there would show, as if it were UTC.
Found search(qint64 wall, const QTimeZone& zone)
{
    Found found;
    qint64 shownBefore = 0;
    for (qint64 at = wall - 26 * 60 * kMinuteMs; at <= wall + 26 * 60 * kMinuteMs; at += kStepMs) {
        const qint64 shown = at + zone.offsetFromUtc(utc(at)) * 1000LL;
        if (shown == wall)
            found.instants.push_back(at);
        if (shownBefore != 0 && shownBefore < wall && wall < shown)
            found.gap = at;
        shownBefore = shown;
    }
    return found;
}

} // namespace

void TimeZonesTest::agreesWithASearchThroughAllInstants_data()
{
    QTest::addColumn<int>("year");
    for (const char* zone : {"Europe/Paris", "Europe/London", "Europe/Lisbon", "America/New_York", "America/St_Johns",
             "America/Sao_Paulo", "America/Santiago", "Africa/Cairo", "Africa/Casablanca", "Asia/Tehran",
             "Asia/Kathmandu", "Asia/Kolkata", "Asia/Beirut", "Australia/Lord_Howe", "Australia/Adelaide",
             "Pacific/Chatham", "Pacific/Auckland", "Pacific/Kiritimati", "UTC"}) {
        for (const int year : {2005, 2018, 2026})
            QTest::addRow("%s/%d", zone, year) << year;
    }
}

void TimeZonesTest::agreesWithASearchThroughAllInstants()
{
    QFETCH(int, year);
    const QByteArray name = QByteArray(QTest::currentDataTag()).chopped(5);
    const QTimeZone zone(name);
    QVERIFY(zone.isValid());
    const TimeProfile profile {.zone = QString::fromLatin1(name), .dateOnlyEnd = DateOnlyEnd::Exclusive};
    const QDateTime first(QDate(year, 1, 1), QTime(0, 0), QTimeZone::utc());
    auto changes = zone.transitions(first, first.addYears(1));
    if (changes.isEmpty())
        changes = {QTimeZone::OffsetData {{}, first.addDays(100), 0, 0, 0}};
    for (const auto& change : changes) {
        const qint64 around = change.atUtc.toMSecsSinceEpoch() + zone.offsetFromUtc(change.atUtc) * 1000LL;
        for (qint64 wall = around - 5 * 60 * kMinuteMs; wall <= around + 5 * 60 * kMinuteMs; wall += kStepMs) {
            const Found found = search(wall, zone);
            const auto start = importTime(wallText(wall), TimeColumn::Start, profile);
            const auto end = importTime(wallText(wall), TimeColumn::End, profile);
            QVERIFY(start && end);
            const qint64 startAt = start->instant->time_since_epoch().count();
            const qint64 endAt = end->instant->time_since_epoch().count();
            const QByteArray shown = wallText(wall).toLatin1();
            if (found.instants.empty()) {
                QVERIFY2(startAt == found.gap && endAt == found.gap, shown.constData());
                QCOMPARE(start->warning, u"LOCAL_TIME_SKIPPED"_s);
            } else {
                // The later start and the earlier end: nothing plays outside the licence.
                QVERIFY2(startAt == found.instants.back(), shown.constData());
                QVERIFY2(endAt == found.instants.front(), shown.constData());
                QCOMPARE(start->warning, found.instants.size() > 1 ? u"LOCAL_TIME_TWICE"_s : QString());
            }
        }
    }
}

void TimeZonesTest::readsWorkedExamples_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("inclusiveEnd");
    QTest::addColumn<QString>("exclusiveEnd");
    const auto row = [](const char* name, const QString& zone, const QString& text, const QString& start,
                         const QString& inclusiveEnd, const QString& exclusiveEnd) {
        QTest::newRow(name) << zone << text << start << inclusiveEnd << exclusiveEnd;
    };
    // Reference "Rights and availability", 7.3: T02, T03, T08, T09, T10.
    row("T02, T03", u"Europe/Paris"_s, u"2026-03-31"_s, u"2026-03-30T22:00:00Z"_s, u"2026-03-31T22:00:00Z"_s,
        u"2026-03-30T22:00:00Z"_s);
    row("T08, T09", u"Europe/Paris"_s, u"2026-10-25 02:30"_s, u"2026-10-25T01:30:00Z"_s, u"2026-10-25T00:30:00Z"_s,
        u"2026-10-25T00:30:00Z"_s);
    row("T10: midnight is skipped", u"Africa/Cairo"_s, u"2026-04-24"_s, u"2026-04-23T22:00:00Z"_s,
        u"2026-04-24T21:00:00Z"_s, u"2026-04-23T22:00:00Z"_s);
    row("end of day is the next midnight", u"Europe/Paris"_s, u"2026-03-31T23:59:59"_s, u"2026-03-31T21:59:59Z"_s,
        u"2026-03-31T22:00:00Z"_s, u"2026-03-31T22:00:00Z"_s);
    row("an offset is believed before the zone", u"Europe/Paris"_s, u"2026-03-31T12:00:00-05:00"_s,
        u"2026-03-31T17:00:00Z"_s, u"2026-03-31T17:00:00Z"_s, u"2026-03-31T17:00:00Z"_s);
    row("a day of 23 hours", u"Europe/Paris"_s, u"2026-03-29"_s, u"2026-03-28T23:00:00Z"_s, u"2026-03-29T22:00:00Z"_s,
        u"2026-03-28T23:00:00Z"_s);
    row("a day of 25 hours", u"Europe/Paris"_s, u"2026-10-25"_s, u"2026-10-24T22:00:00Z"_s, u"2026-10-25T23:00:00Z"_s,
        u"2026-10-24T22:00:00Z"_s);
}

void TimeZonesTest::readsWorkedExamples()
{
    QFETCH(QString, zone);
    QFETCH(QString, text);
    const TimeProfile inclusive {.zone = zone, .dateOnlyEnd = DateOnlyEnd::InclusiveDay};
    const TimeProfile exclusive {.zone = zone, .dateOnlyEnd = DateOnlyEnd::Exclusive};
    QTEST(toRfc3339(*importTime(text, TimeColumn::Start, inclusive)->instant), "start");
    QTEST(toRfc3339(*importTime(text, TimeColumn::Start, exclusive)->instant), "start");
    QTEST(toRfc3339(*importTime(text, TimeColumn::End, inclusive)->instant), "inclusiveEnd");
    QTEST(toRfc3339(*importTime(text, TimeColumn::End, exclusive)->instant), "exclusiveEnd");
}

/// Samoa went from the east to the west of the date line at the end of 29 December 2011; there was no 30 December.
void TimeZonesTest::skipsAWholeDay()
{
    const TimeProfile samoa {.zone = u"Pacific/Apia"_s, .dateOnlyEnd = DateOnlyEnd::Exclusive};
    for (const QString& text : {u"2011-12-30"_s, u"2011-12-30T12:00:00"_s}) {
        const auto read = importTime(text, TimeColumn::Start, samoa);
        QVERIFY(read);
        QCOMPARE(toRfc3339(*read->instant), u"2011-12-30T10:00:00Z"_s);
        QCOMPARE(read->warning, u"LOCAL_TIME_SKIPPED"_s);
    }
    QCOMPARE(
        toRfc3339(*importTime(u"2011-12-31T00:00:00"_s, TimeColumn::Start, samoa)->instant), u"2011-12-30T10:00:00Z"_s);
}

QTEST_GUILESS_MAIN(TimeZonesTest)
#include "tst_time_zones.moc"
