#include "core/rights/resolver.h"
#include "core/rights/validate.h"
#include "core/workbench/workload_image.h"
#include "core/workbench/workload_rules.h"
#include "support/opened_snapshot.h"

#include <QTest>
#include <limits>

using namespace vidimus;
using namespace vidimus::workbench;

/// The workload is the published one, and the compiled form answers it as its source does.
class AvailabilityWorkloadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsArePublished();
    void firstPointsArePublished();
    void deltaIsPublished();
    void compiledFormAnswersAsTheSource();
    void rulesAnswerAsTheSource();
    void listsOfNumbersAreTheListsOfTheirTitles();
    void goesForwardAndBackWithoutWearingOut();
    void compiledFormGivesThePublishedAnswers();
};

namespace {

bool fromSource(const std::vector<WorkWindow>& windows, const WorkQuestion& question)
{
    bool allowed = false, denied = false;
    for (const WorkWindow& window : windows)
        (window.deny ? denied : allowed) |= window.covers(question);
    return allowed && !denied;
}

vav_cell cellOf(const vav_state* state, const WorkQuestion& question)
{
    const QByteArray country = workCountry(question.country), site = workSite(question.site),
                     offer = workOffer(question.offer);
    return vav_make_cell(state, textOf(country), textOf(""), textOf(site), textOf(offer), question.at * 1000);
}

qint64 countPoints(const vav_state* state, const std::vector<WorkQuestion>& points)
{
    qint64 available = 0;
    for (const WorkQuestion& point : points) {
        const vav_cell cell = cellOf(state, point);
        available += vav_is_available(state, vav_find_number(state, point.title), &cell);
    }
    return available;
}

qint64 countScans(const vav_state* state, const std::vector<WorkQuestion>& scans)
{
    qint64 available = 0;
    for (const WorkQuestion& scan : scans) {
        const vav_cell cell = cellOf(state, scan);
        available += vav_count(state, &cell);
    }
    return available;
}

} // namespace

void AvailabilityWorkloadTest::countsArePublished()
{
    const AvailabilityWorkload workload;
    const WorkCounts counts = countWorkload(workload, workload.titles());
    QCOMPARE(counts.hash, kPublishedCounts.hash);
    QVERIFY(counts == kPublishedCounts);
}

void AvailabilityWorkloadTest::firstPointsArePublished()
{
    const AvailabilityWorkload workload;
    qint64 available = 0;
    for (const WorkQuestion& point : workload.points(100'000))
        available += fromSource(workload.windowsOf(point.title, 0), point);
    QCOMPARE(available, kPublishedAnswers.points100k);
}

void AvailabilityWorkloadTest::deltaIsPublished()
{
    const std::vector<quint32> titles = AvailabilityWorkload().changedTitles();
    qint64 sum = 0;
    for (const quint32 title : titles)
        sum += title;
    QCOMPARE(sum, 8'665'355);
    QCOMPARE(titles.front(), 10'473U);
    QCOMPARE(titles.back(), 73'614U);
}

void AvailabilityWorkloadTest::compiledFormAnswersAsTheSource()
{
    const AvailabilityWorkload workload(6'000);
    const SigningKey key = SigningKey::generate();
    auto image = WorkloadImage::create(workload);
    QVERIFY(image);
    const auto snapshot = image->snapshot(key);
    const auto delta = image->change(workload, key);
    QVERIFY(snapshot && delta);
    OpenedSnapshot reader(*snapshot, reinterpret_cast<const std::uint8_t*>(key.publicKey().constData()));
    QCOMPARE(reader.status, VAV_OK);
    const std::vector<quint32> changed = workload.changedTitles();
    vav_planes* planes = vav_make_planes(reader.state);
    QVERIFY(planes);
    for (const quint32 version : {0U, 1U, 0U}) {
        const auto windows = [&](quint32 title) {
            return workload.windowsOf(title, std::ranges::find(changed, title) == changed.end() ? 0 : version);
        };
        for (const WorkQuestion& point : workload.points(20'000)) {
            const vav_cell cell = cellOf(reader.state, point);
            QCOMPARE(vav_is_available(reader.state, vav_find_number(reader.state, point.title), &cell),
                fromSource(windows(point.title), point));
        }
        for (WorkQuestion scan : workload.scans(4)) {
            const vav_cell cell = cellOf(reader.state, scan);
            qint64 expected = 0;
            for (scan.title = 0; scan.title < workload.titles(); ++scan.title)
                expected += fromSource(windows(scan.title), scan);
            vav_planes_set_time(planes, scan.at * 1000);
            QCOMPARE(vav_count(reader.state, &cell), expected);
            QCOMPARE(vav_planes_count(planes, reader.state, &cell), expected);
        }
        QCOMPARE(reader.apply(version == 0 ? delta->forward : delta->reverse), VAV_OK);
    }
    vav_free_planes(planes);
}

void AvailabilityWorkloadTest::rulesAnswerAsTheSource()
{
    const AvailabilityWorkload workload(2000);
    const WorkloadRules source(workload);
    rights::RuleSet rules = source.context();
    for (quint32 title = 0; title < workload.titles(); ++title) {
        rules.titles.push_back(WorkloadRules::title(title));
        const auto windows = source.rulesOf(title);
        rules.rules.insert(rules.rules.end(), windows.begin(), windows.end());
    }
    QVERIFY(rights::validate(rules));
    const rights::Resolver resolver(rules);
    int available = 0;
    for (const WorkQuestion& point : workload.points(20'000)) {
        const bool expected = fromSource(workload.windowsOf(point.title, 0), point);
        QCOMPARE(resolver.isAvailable({.title = WorkloadRules::titleId(point.title),
                     .country = QString::fromLatin1(workCountry(point.country)),
                     .site = QString::fromLatin1(workSite(point.site)),
                     .offer = QString::fromLatin1(workOffer(point.offer)),
                     .at = Instant {Milliseconds {point.at * 1000}}}),
            expected);
        available += expected;
    }
    QVERIFY(available > 1000);
}

void AvailabilityWorkloadTest::listsOfNumbersAreTheListsOfTheirTitles()
{
    const AvailabilityWorkload workload(6'000);
    const SigningKey key = SigningKey::generate();
    auto image = WorkloadImage::create(workload);
    QVERIFY(image);
    const OpenedSnapshot reader(*image->snapshot(key));
    for (const WorkList& list : workload.lists(30)) {
        const vav_cell cell = cellOf(reader.state, list.cell);
        std::vector<std::uint64_t> ids(list.picks.begin(), list.picks.end());
        ids[3] = 6'000; // there is no such title
        ids[70] = std::numeric_limits<std::uint64_t>::max();
        for (const std::size_t count : {std::size_t(0), std::size_t(1), std::size_t(33), ids.size()}) {
            std::vector<std::uint64_t> expected;
            std::size_t last = 0;
            for (std::size_t i = 0; i < count && expected.size() < 50; ++i) {
                const std::uint32_t title = vav_find_number(reader.state, ids[i]);
                if (title != VAV_NO_TITLE && vav_is_available(reader.state, title, &cell))
                    expected.push_back(ids[i]);
                last = i + 1;
            }
            std::array<std::uint64_t, 51> found {};
            std::size_t visited = 99;
            found[expected.size()] = 77;
            const std::size_t got
                = vav_list_numbers(reader.state, &cell, ids.data(), count, found.data(), 50, &visited);
            QCOMPARE(std::vector(found.data(), found.data() + got), expected);
            QCOMPARE(visited, last);
            QCOMPARE(found[expected.size()], 77U); // nothing is written behind the last one
        }
    }
}

void AvailabilityWorkloadTest::goesForwardAndBackWithoutWearingOut()
{
    const AvailabilityWorkload workload(6'000);
    const SigningKey key = SigningKey::generate();
    auto image = WorkloadImage::create(workload);
    QVERIFY(image);
    OpenedSnapshot reader(*image->snapshot(key));
    const auto delta = image->change(workload, key);
    QVERIFY(delta);
    QCOMPARE(reader.apply(delta->forward), VAV_OK);
    QCOMPARE(reader.apply(delta->reverse), VAV_OK);
    const qint64 points = countPoints(reader.state, workload.points(5'000));
    const std::uint64_t memory = vav_memory(reader.state);
    for (int i = 0; i < 200; ++i) {
        QCOMPARE(reader.apply(delta->forward), VAV_OK);
        QCOMPARE(reader.apply(delta->reverse), VAV_OK);
    }
    QCOMPARE(vav_memory(reader.state), memory);
    QCOMPARE(countPoints(reader.state, workload.points(5'000)), points);
}

void AvailabilityWorkloadTest::compiledFormGivesThePublishedAnswers()
{
    if (!qEnvironmentVariableIsSet("VIDIMUS_LONG"))
        return; // seconds; the same is measured by "vidimus bench availability"
    const AvailabilityWorkload workload;
    const SigningKey key = SigningKey::generate();
    auto image = WorkloadImage::create(workload);
    QVERIFY(image);
    const auto snapshot = image->snapshot(key);
    const auto delta = image->change(workload, key);
    QVERIFY(snapshot && delta);
    OpenedSnapshot reader(*snapshot);
    const auto points = workload.points(1'000'000), scans = workload.scans(20);
    QCOMPARE(countPoints(reader.state, points), kPublishedAnswers.points);
    QCOMPARE(countScans(reader.state, scans), kPublishedAnswers.scanned);
    WorkAnswers answers;
    for (const WorkList& list : workload.lists(200)) {
        const vav_cell cell = cellOf(reader.state, list.cell);
        std::uint32_t found[50];
        std::size_t visited = 0;
        const std::size_t got
            = vav_list(reader.state, &cell, list.picks.data(), list.picks.size(), found, 50, &visited);
        answers.listed += static_cast<qint64>(got);
        answers.visited += static_cast<qint64>(visited);
        for (std::size_t i = 0; i < got; ++i)
            answers.listedIds += found[i];
    }
    QCOMPARE(answers.listed, kPublishedAnswers.listed);
    QCOMPARE(answers.visited, kPublishedAnswers.visited);
    QCOMPARE(answers.listedIds, kPublishedAnswers.listedIds);
    QCOMPARE(reader.apply(delta->forward), VAV_OK);
    QCOMPARE(countPoints(reader.state, points), kPublishedPointsAfter);
    QCOMPARE(countScans(reader.state, scans), kPublishedScannedAfter);
}

QTEST_GUILESS_MAIN(AvailabilityWorkloadTest)
#include "tst_availability_workload.moc"
