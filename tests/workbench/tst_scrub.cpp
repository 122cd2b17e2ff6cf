#include "core/base/durable_file.h"
#include "core/store/workspace_store.h"
#include "core/workbench/attention.h"
#include "core/workbench/original_check.h"
#include "core/workbench/run_verb.h"
#include "core/workbench/scrub.h"
#include "workbench_room.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;

namespace {

constexpr Milliseconds kDay = 24h;
constexpr qint64 kMuch = 1 << 30;

class SetClock : public Clock {
public:
    [[nodiscard]] Instant now() const override { return m_now; }
    void advance(Milliseconds by) { m_now += by; }

private:
    Instant m_now = SystemClock::read();
};

void overwrite(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

/// An original with these bytes, and its asset.
store::StoredOriginal addOriginal(WorkbenchRoom& room, int number, const QByteArray& bytes)
{
    const store::Asset asset {.id = newId<AssetId>(),
        .sha256 = sha256Hex(bytes),
        .bytes = bytes.size(),
        .originalName = u"film %1.mp4"_s.arg(number),
        .state = store::AssetState::Waiting,
        .ingestedAt = Instant(Milliseconds(1'000'000 + number))};
    overwrite(room.workspace().paths().original(asset.sha256), bytes);
    if (auto added = room.workspace().store().write([&](store::UnitOfWork& unit) { return unit.assets.add(asset); });
        !added)
        qFatal("not added: %s", qPrintable(added.error().detail));
    return {asset.id, asset.sha256, asset.bytes, asset.originalName};
}

/// Files of \a bytes each.
std::vector<store::StoredOriginal> addOriginals(WorkbenchRoom& room, int count, int bytes)
{
    std::vector<store::StoredOriginal> all;
    for (int number = 0; number < count; ++number)
        all.push_back(addOriginal(room, number, QByteArray(bytes, static_cast<char>('A' + number))));
    return all;
}

QStringList damaged(WorkbenchRoom& room)
{
    const auto items = attentionItems(room.workspace());
    if (!items)
        qFatal("no list: %s", qPrintable(items.error().detail));
    QStringList names;
    for (const AttentionItem& item : *items) {
        if (item.id.startsWith(u"original:"))
            names.append(QString::fromLatin1(item.error.reason) + u' ' + item.subject);
    }
    names.sort();
    return names;
}

void scrubAll(WorkbenchRoom& room)
{
    QTest::qSleep(2); // a run reads what was read before its own millisecond
    Scrubber scrubber(room.workspace(), Scrubber::Scope::All, room.workspace().clock());
    const auto slice = scrubber.readOn(kMuch);
    if (!slice || !slice->isOver)
        qFatal("not read: %s", slice ? "more is left" : qPrintable(slice.error().detail));
}

store::ScrubTotals totals(WorkbenchRoom& room)
{
    const auto known = scrubTotals(room.workspace());
    if (!known)
        qFatal("no totals: %s", qPrintable(known.error().detail));
    return *known;
}

/// How many bytes are read at the clock's time.
qint64 readShare(Scrubber& scrubber)
{
    qint64 bytes = 0;
    for (;;) {
        const auto slice = scrubber.readOn(64);
        if (!slice)
            qFatal("not read: %s", qPrintable(slice.error().detail));
        bytes += slice->bytes;
        if (slice->isOver)
            return bytes;
    }
}

} // namespace

/// Promise R26: what the disk did to an original is seen, at the latest within thirty days.
class TestScrub : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySingleBitFlipIsFound();
    void aWholeOriginalIsSeenAsWhole();
    void theBudgetGrowsByAThirtiethADay();
    void aThirtiethOfTheBytesIsReadADay();
    void aLargeFileIsWaitedForAfterwards();
    void nothingIsReadTwiceInACycle();
    void aClockSetBackDoesNotStopItForEver();
    void damageIsListedAndSettled_data();
    void damageIsListedAndSettled();
    void anotherFileUnderTheSameNameIsFound();
    void ingestingAgainMends();
    void theCheckBeforeUseIsKeptToo();
    void aStoppedRunGoesOn();
    void anEmptyWorkspaceHasNothingToRead();
    void withoutTheFolderNothingIsSaidOfAnyOriginal();
    void doctorTellsWhatIsKnown();
};

void TestScrub::everySingleBitFlipIsFound()
{
    WorkbenchRoom room;
    QByteArray bytes(3000, Qt::Uninitialized);
    for (char& byte : bytes)
        byte = static_cast<char>(QRandomGenerator::global()->bounded(256));
    const store::StoredOriginal original = addOriginal(room, 1, bytes);
    const QString path = room.workspace().paths().original(original.sha256);
    int found = 0;
    for (int flip = 0; flip < 1000; ++flip) {
        const int bit = static_cast<int>(QRandomGenerator::global()->bounded(bytes.size() * 8));
        QByteArray flipped = bytes;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        overwrite(path, flipped);
        auto reader = OriginalReader::open(room.workspace().paths(), original);
        QVERIFY(reader);
        const auto read = reader->readOn(kMuch);
        found += !read && read.error().reason == "original_damaged" ? 1 : 0;
        const auto checked = checkOriginal(room.workspace().paths(), original.sha256);
        QVERIFY(!checked && checked.error().reason == "original_damaged");
    }
    QCOMPARE(found, 1000);
}

void TestScrub::aWholeOriginalIsSeenAsWhole()
{
    WorkbenchRoom room;
    // Sizes around that of a piece, read in steps that do not fit it.
    for (const int bytes : {1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1}) {
        const store::StoredOriginal original = addOriginal(room, bytes, QByteArray(bytes, 'x'));
        auto reader = OriginalReader::open(room.workspace().paths(), original);
        QVERIFY(reader);
        int calls = 0;
        for (;; ++calls) {
            const auto read = reader->readOn(300'000);
            QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
            if (*read)
                break;
        }
        QCOMPARE(reader->position(), qint64 {bytes});
        QCOMPARE(calls, bytes / 300'000);
    }
}

void TestScrub::theBudgetGrowsByAThirtiethADay()
{
    const Instant start {Milliseconds(1'790'000'000'000)};
    const ScrubBudget first = grown({}, 3000, start);
    QCOMPARE(first, (ScrubBudget {100, start}));
    QCOMPARE(grown({0, start}, 3000, start + kDay).bytes, 100);
    QCOMPARE(grown({0, start}, 3000, start + kDay / 2).bytes, 50);
    QCOMPARE(grown({-250, start}, 3000, start + 2 * kDay).bytes, -50);
    QCOMPARE(grown({100, start}, 3000, start + 90 * kDay).bytes, 300); // a weekend is caught up with, no more
    QCOMPARE(grown({70, start}, 3000, start - kDay).bytes, 70);
    QCOMPARE(grown({0, start}, 0, start + kDay).bytes, 1);
    const qint64 huge = qint64 {1} << 60;
    QVERIFY(qAbs(grown({0, start}, huge, start + kDay).bytes - huge / 30) < huge / 1'000'000);
}

void TestScrub::aThirtiethOfTheBytesIsReadADay()
{
    WorkbenchRoom room;
    const int count = 60;
    const auto originals = addOriginals(room, count, 500);
    SetClock clock;
    Scrubber scrubber(room.workspace(), Scrubber::Scope::Share, clock);
    for (int day = 0; day < kScrubDays; ++day) {
        QCOMPARE(readShare(scrubber), qint64 {count * 500 / kScrubDays});
        QCOMPARE(readShare(scrubber), qint64 {0}); // not twice on one day
        clock.advance(kDay);
    }
    const auto known = room.workspace().store().read([&](const store::UnitOfWork& unit) {
        return unit.scrubs.totals(clock.now() - kScrubDays * kDay, clock.now());
    });
    QVERIFY(known);
    QCOMPARE(known->verified, count); // all of them, within thirty days
}

void TestScrub::aLargeFileIsWaitedForAfterwards()
{
    WorkbenchRoom room;
    const store::StoredOriginal large = addOriginal(room, 0, QByteArray(3000, 'L'));
    const auto small = addOriginals(room, 3, 10);
    SetClock clock;
    // Each day another program: what is spent is remembered.
    const auto readToday = [&] {
        Scrubber scrubber(room.workspace(), Scrubber::Scope::Share, clock);
        return readShare(scrubber);
    };
    QCOMPARE(readToday(), large.bytes);
    for (int day = 1; day < 29; ++day) {
        clock.advance(kDay);
        QCOMPARE(readToday(), qint64 {0});
    }
    clock.advance(kDay);
    clock.advance(kDay);
    QVERIFY(readToday() > 0);
}

void TestScrub::nothingIsReadTwiceInACycle()
{
    WorkbenchRoom room;
    const auto originals = addOriginals(room, 6, 400);
    SetClock clock;
    QByteArrayList read; // in the order in which it was
    for (int step = 0; step < 160; ++step) {
        Scrubber scrubber(room.workspace(), Scrubber::Scope::Share, clock);
        (void)readShare(scrubber);
        for (const store::StoredOriginal& original : originals) {
            const auto result = room.workspace().store().read(
                [&](const store::UnitOfWork& unit) { return unit.scrubs.find(original.sha256); });
            QVERIFY(result);
            if (*result && (*result)->at == clock.now())
                read.append(original.sha256);
        }
        clock.advance(12h);
    }
    QVERIFY(read.size() > 12);
    QCOMPARE(QSet<QByteArray>(read.begin(), read.begin() + 6).size(), 6);
    for (qsizetype i = 6; i < read.size(); ++i)
        QCOMPARE(read[i], read[i - 6]);
}

void TestScrub::aClockSetBackDoesNotStopItForEver()
{
    WorkbenchRoom room;
    const auto originals = addOriginals(room, 30, 100);
    SetClock clock;
    clock.advance(1000 * kDay);
    {
        Scrubber scrubber(room.workspace(), Scrubber::Scope::Share, clock);
        QVERIFY(readShare(scrubber) > 0);
    }
    clock.advance(-1000 * kDay);
    Scrubber scrubber(room.workspace(), Scrubber::Scope::Share, clock);
    (void)readShare(scrubber);
    clock.advance(kDay);
    QVERIFY(readShare(scrubber) > 0);
}

void TestScrub::damageIsListedAndSettled_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<int>("kind");
    QTest::newRow("a bit flipped") << QByteArray("original_damaged") << 0;
    QTest::newRow("removed") << QByteArray("original_missing") << 1;
    QTest::newRow("cut short") << QByteArray("original_changed") << 2;
    QTest::newRow("emptied") << QByteArray("original_changed") << 3;
    QTest::newRow("longer") << QByteArray("original_changed") << 4;
    QTest::newRow("a folder") << QByteArray("original_missing") << 5;
}

void TestScrub::damageIsListedAndSettled()
{
    QFETCH(QByteArray, reason);
    QFETCH(int, kind);
    WorkbenchRoom room;
    const auto originals = addOriginals(room, 3, 200);
    const QByteArray bytes(200, 'B');
    const QString path = room.workspace().paths().original(originals[1].sha256);
    QVERIFY(QFile::remove(path));
    if (kind == 0)
        overwrite(path, QByteArray(bytes).replace(17, 1, "C"));
    else if (kind == 2 || kind == 3)
        overwrite(path, bytes.first(kind == 2 ? 150 : 0));
    else if (kind == 4)
        overwrite(path, bytes + '!');
    else if (kind == 5)
        QVERIFY(QDir().mkdir(path));
    scrubAll(room);
    QCOMPARE(damaged(room), QStringList {QString::fromLatin1(reason) + u" film 1.mp4"_s});
    QCOMPARE(totals(room).damaged, 1);
    QCOMPARE(totals(room).verified, 2);
    scrubAll(room); // it stays while it lasts, and once
    QCOMPARE(damaged(room).size(), 1);
    if (kind == 5)
        QVERIFY(QDir().rmdir(path));
    overwrite(path, bytes); // put back from a backup
    scrubAll(room);
    QCOMPARE(damaged(room), QStringList());
    QCOMPARE(totals(room).verified, 3);
}

void TestScrub::anotherFileUnderTheSameNameIsFound()
{
    WorkbenchRoom room;
    const auto originals = addOriginals(room, 2, 200);
    const WorkspacePaths& paths = room.workspace().paths();
    overwrite(paths.original(originals[0].sha256), QByteArray(200, 'B'));
    scrubAll(room);
    QCOMPARE(damaged(room), QStringList {u"original_damaged film 0.mp4"_s});
}

void TestScrub::ingestingAgainMends()
{
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    const QString path = room.workspace().paths().original(asset.sha256);
    const auto whole = readFile(path, 1 << 26);
    QVERIFY(whole);
    QByteArray flipped = *whole;
    flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 0x10);
    QVERIFY(QFile::remove(path));
    overwrite(path, flipped); // the same size
    scrubAll(room);
    QCOMPARE(damaged(room), QStringList {u"original_damaged talking_head_mono.mp4"_s});
    const IngestedAsset again = room.ingestClip();
    QCOMPARE(again.duplicateOf, std::optional(asset.id));
    const auto mended = readFile(path, 1 << 26);
    QVERIFY(mended && *mended == *whole);
    QCOMPARE(damaged(room), QStringList());
}

void TestScrub::theCheckBeforeUseIsKeptToo()
{
    WorkbenchRoom room;
    const auto originals = addOriginals(room, 1, 200);
    const QString path = room.workspace().paths().original(originals[0].sha256);
    overwrite(path, QByteArray(200, 'x'));
    QVERIFY(!verifyOriginal(room.workspace(), originals[0].sha256));
    QCOMPARE(damaged(room), QStringList {u"original_damaged film 0.mp4"_s});
    overwrite(path, QByteArray(200, 'A'));
    QVERIFY(verifyOriginal(room.workspace(), originals[0].sha256));
    QCOMPARE(damaged(room), QStringList());
    QCOMPARE(totals(room).verified, 1);
    // What says nothing of the bytes is not kept.
    CancelSource cancel;
    cancel.cancel();
    overwrite(path, QByteArray(200, 'x'));
    QCOMPARE(verifyOriginal(room.workspace(), originals[0].sha256, cancel.token()).error().code, ErrorCode::Canceled);
    QCOMPARE(damaged(room), QStringList());
}

void TestScrub::aStoppedRunGoesOn()
{
    WorkbenchRoom room;
    const auto originals = addOriginals(room, 10, 100);
    {
        Scrubber first(room.workspace(), Scrubber::Scope::All, room.workspace().clock());
        const auto slice = first.readOn(450); // four of them, and half of the fifth
        QVERIFY(slice && !slice->isOver);
        QCOMPARE(slice->originals, 4);
        QCOMPARE(first.bytesInAll(), qint64 {1000});
        QCOMPARE(first.bytesDone(), qint64 {450});
    }
    QCOMPARE(totals(room).verified, 4);
    room.reopen();
    {
        Scrubber second(room.workspace(), Scrubber::Scope::All, room.workspace().clock());
        const auto slice = second.readOn(kMuch);
        QVERIFY(slice && slice->isOver);
        QCOMPARE(slice->originals, 6);
        QCOMPARE(second.bytesInAll(), qint64 {600});
    }
    QCOMPARE(totals(room).verified, 10);
    QTest::qWait(2); // the next run begins at another instant
    Scrubber third(room.workspace(), Scrubber::Scope::All, room.workspace().clock());
    const auto slice = third.readOn(kMuch);
    QVERIFY(slice);
    QCOMPARE(slice->originals, 10); // a run that came to its end is none to go on with
}

void TestScrub::anEmptyWorkspaceHasNothingToRead()
{
    WorkbenchRoom room;
    for (const auto scope : {Scrubber::Scope::Share, Scrubber::Scope::All}) {
        Scrubber scrubber(room.workspace(), scope, room.workspace().clock());
        const auto slice = scrubber.readOn(kMuch);
        QVERIFY(slice && slice->isOver);
        QCOMPARE(slice->originals, 0);
    }
    QCOMPARE(totals(room), store::ScrubTotals());
    QCOMPARE(damaged(room), QStringList());
}

void TestScrub::withoutTheFolderNothingIsSaidOfAnyOriginal()
{
    WorkbenchRoom room;
    const auto originals = addOriginals(room, 2, 100);
    const QString media = room.workspace().paths().media();
    QVERIFY(QDir().rename(media, media + u"-away"_s)); // a disk that is not mounted
    Scrubber scrubber(room.workspace(), Scrubber::Scope::All, room.workspace().clock());
    QVERIFY(!scrubber.readOn(kMuch));
    QCOMPARE(damaged(room), QStringList());
    QVERIFY(QDir().rename(media + u"-away"_s, media));
    const auto slice = scrubber.readOn(kMuch); // and the same one goes on
    QVERIFY(slice && slice->isOver);
    QCOMPARE(totals(room).verified, 2);
}

void TestScrub::doctorTellsWhatIsKnown()
{
    WorkbenchRoom room;
    const auto originals = addOriginals(room, 2, 100);
    const auto ask = [&](const QHash<QString, QString>& options) {
        const VerbRequest request {.verb = u"doctor"_s, .operands = {}, .options = options, .profile = {}};
        return runVerb({request, &room.workspace(), room.workspace().workers(), {}, {}});
    };
    const auto part = [](const VerbReply& reply, const QString& name) {
        const QJsonArray parts = reply.json[u"parts"].toArray();
        for (const QJsonValue& each : parts) {
            if (each[u"name"] == name)
                return each[u"state"].toString() + u": "_s + each[u"detail"].toString();
        }
        return QString();
    };
    QCOMPARE(part(ask({}), u"originals"_s), u"ok: 0 of 2 read back within 30 days, 0 damaged"_s);
    const VerbReply whole = ask({{u"scrub"_s, {}}});
    QVERIFY(part(whole, u"originals"_s).startsWith(u"ok: 2 of 2 read back within 30 days, 0 damaged; the last one "));
    overwrite(room.workspace().paths().original(originals[1].sha256), QByteArray(100, '?'));
    const VerbReply broken = ask({{u"scrub"_s, {}}});
    QVERIFY(broken.exitCode != ExitCode::Done);
    QVERIFY(part(broken, u"originals"_s).startsWith(u"warn: 1 of 2 read back within 30 days, 1 damaged"));
    const QString found = part(broken, u"original film 1.mp4"_s);
    QVERIFY2(found.startsWith(u"failed: the original of \"film 1.mp4\" (media/"), qPrintable(found));
    QVERIFY(found.contains(u"backup"));
}

QTEST_GUILESS_MAIN(TestScrub)
#include "tst_scrub.moc"
