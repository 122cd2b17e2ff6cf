#include "core/checks/check_descriptor.h"
#include "core/checks/engine/self_test.h"

#include <QJsonArray>
#include <QTest>
#include <algorithm>
#include <utility>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::checks::engine;
using namespace Qt::StringLiterals;

class SelfTestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowPasses();
    void aCheckThatSaysSomethingElseFails();
    void aFindingAtAnotherPlaceFails();
    void aFindingAtAnotherTimeFails();
    void anEmptyTrackFails();
    void everyCheckHasARow();
    void anUnknownCheckFails();
    void cancelStops();
    void rowsSurviveJson();
    void malformedRowsAreRefused();
};

void SelfTestTest::everyRowPasses()
{
    const auto rows = runSelfTest();
    QVERIFY(rows);
    QCOMPARE(rows->size(),
        pictureSelfTests().size() + flashSelfTests().size() + soundSelfTests().size() + modelSelfTests().size());
    QStringList failed;
    for (const SelfTestRow& row : *rows) {
        if (!row.passed)
            failed.append(row.check + u", "_s + row.vector + u": "_s + row.detail);
    }
    QVERIFY2(failed.isEmpty(), qPrintable(failed.join(u'\n')));
}

void SelfTestTest::aCheckThatSaysSomethingElseFails()
{
    SelfTestCase one = pictureSelfTests().front();
    one.detail = nullptr; // it does find black
    const SelfTestRow row = runSelfTestCase(one);
    QVERIFY(!row.passed);
    QVERIFY(row.detail.contains("black 20"_L1));
}

void SelfTestTest::aFindingAtAnotherPlaceFails()
{
    SelfTestCase one = pictureSelfTests().front();
    one.firstFrame += 3;
    QVERIFY(!runSelfTestCase(one).passed);
    one.firstFrame -= 1;
    QVERIFY(runSelfTestCase(one).passed);
}

void SelfTestTest::aFindingAtAnotherTimeFails()
{
    SelfTestCase one {};
    for (const SelfTestCase& each : soundSelfTests())
        one = qstrcmp(each.check, "silence") == 0 && each.detail != nullptr ? each : one;
    QVERIFY(runSelfTestCase(one).passed);
    one.start += 0.2;
    QVERIFY(!runSelfTestCase(one).passed);
}

void SelfTestTest::anEmptyTrackFails()
{
    SelfTestCase cut {};
    SelfTestCase none {};
    for (const SelfTestCase& each : pictureSelfTests()) {
        if (qstrcmp(each.check, "shots") == 0)
            (qstrcmp(each.track, "") == 0 ? none : cut) = each;
    }
    QVERIFY(runSelfTestCase(cut).passed);
    QVERIFY(runSelfTestCase(none).passed);
    std::swap(cut.make, none.make);
    QVERIFY(!runSelfTestCase(cut).passed);
    QVERIFY(!runSelfTestCase(none).passed);
}

void SelfTestTest::everyCheckHasARow()
{
    QStringList without;
    for (const CheckDescriptor& check : checkDescriptors()) {
        const auto isShown = [&](std::span<const SelfTestCase> cases) {
            return std::ranges::any_of(
                cases, [&](const SelfTestCase& one) { return qstrcmp(one.check, check.id) == 0; });
        };
        if (!isShown(pictureSelfTests()) && !isShown(flashSelfTests()) && !isShown(soundSelfTests())
            && !isShown(modelSelfTests()))
            without.append(QString::fromLatin1(check.id));
    }
    QCOMPARE(without, QStringList());
}

void SelfTestTest::anUnknownCheckFails()
{
    SelfTestCase one = pictureSelfTests().front();
    one.check = "no_such_check";
    const SelfTestRow row = runSelfTestCase(one);
    QVERIFY(!row.passed);
    QVERIFY(!row.detail.isEmpty());
}

void SelfTestTest::cancelStops()
{
    CancelSource source;
    source.cancel();
    const auto rows = runSelfTest(source.token());
    QVERIFY(!rows);
    QCOMPARE(rows.error().code, ErrorCode::Canceled);
}

void SelfTestTest::rowsSurviveJson()
{
    const std::vector<SelfTestRow> rows {{u"black"_s, u"dark"_s, true, {}}, {u"blur"_s, u"soft"_s, false, u"pass"_s}};
    const auto again = selfTestRowsFromJson(toJson(rows));
    QVERIFY(again);
    QCOMPARE(*again, rows);
}

void SelfTestTest::malformedRowsAreRefused()
{
    QVERIFY(!selfTestRowsFromJson({}));
    QVERIFY(!selfTestRowsFromJson({{u"rows"_s, QJsonArray {1}}}));
    QVERIFY(!selfTestRowsFromJson({{u"rows"_s, QJsonArray {QJsonObject {{u"check"_s, 3}}}}}));
}

QTEST_GUILESS_MAIN(SelfTestTest)
#include "tst_self_test.moc"
