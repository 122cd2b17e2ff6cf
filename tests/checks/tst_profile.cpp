#include "core/base/json.h"
#include "core/checks/check_descriptor.h"
#include "core/checks/profile.h"

#include <QTest>
#include <algorithm>

using namespace vidimus;
using namespace vidimus::checks;
using namespace Qt::StringLiterals;

namespace {

QByteArray profileJson(const QByteArray& checks, const QByteArray& inherits = {})
{
    return R"({"schema":"vidimus.checks-profile/1","id":"mine",)"
        + (inherits.isEmpty() ? QByteArray() : R"("inherits":")" + inherits + R"(",)") + R"("checks":)" + checks + "}";
}

} // namespace

class ProfileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyShippedProfileIsValidAndComplete();
    void descriptorsAreSound();
    void inheritsThresholdsAndOverridesSome();
    void childOfChildKeepsWhatTheGrandparentSet();
    void roundTripsThroughJson();
    void namesThePlaceOfAFault_data();
    void namesThePlaceOfAFault();
    void refusesInheritanceInACircle();
    void refusesAMissingParent();
    void onlyLeavesTheNamedChecksOn();
    void onlyRefusesAnUnknownCheck();
};

void ProfileTest::everyShippedProfileIsValidAndComplete()
{
    QCOMPARE(shippedProfileIds().size(), 6);
    for (const QString& id : shippedProfileIds()) {
        const auto profile = shippedProfile(id);
        QVERIFY2(profile, profile ? "" : qPrintable(profile.error().detail));
        QCOMPARE(profile->id, id);
        QVERIFY(profile->title != id);
        QCOMPARE(profile->checks.size(), checkDescriptors().size());
    }
    QCOMPARE(shippedProfile(u"none"_s).error().code, ErrorCode::NotFound);
}

void ProfileTest::descriptorsAreSound()
{
    QStringList ids;
    for (const CheckDescriptor& descriptor : checkDescriptors()) {
        const QString id = QString::fromLatin1(descriptor.id);
        QVERIFY2(!ids.contains(id), descriptor.id);
        ids.append(id);
        QVERIFY(!descriptor.rules.empty());
        QVERIFY(qstrlen(descriptor.title) > 0 && qstrlen(descriptor.meaning) > 0 && qstrlen(descriptor.standard) > 0);
        for (const CheckParameter& parameter : descriptor.parameters) {
            QVERIFY2(parameter.minimum <= parameter.fallback && parameter.fallback <= parameter.maximum, parameter.id);
            QVERIFY(parameter.choices.empty()
                || std::ranges::find(parameter.choices, parameter.fallback) != parameter.choices.end());
            QCOMPARE(descriptor.parameter(QString::fromLatin1(parameter.id)), &parameter);
        }
        QCOMPARE(findDescriptor(id), &descriptor);
    }
    QVERIFY(findDescriptor(u"nonsense") == nullptr);
}

void ProfileTest::inheritsThresholdsAndOverridesSome()
{
    const auto web = shippedProfile(u"web"_s);
    const auto mine = parseProfile(
        profileJson(
            R"({"black":{"severity":"fail","thresholds":{"min_duration":7}},"freeze":{"enabled":false}})", "web"),
        shippedProfileJson);
    QVERIFY(mine);
    QCOMPARE(mine->checks.at(u"black"_s).thresholds.at(u"min_duration"_s), 7.0);
    QCOMPARE(mine->checks.at(u"black"_s).severity, Severity::Fail);
    QCOMPARE(mine->checks.at(u"freeze"_s).enabled, false);
    QCOMPARE(mine->checks.at(u"loudness"_s), web->checks.at(u"loudness"_s));
    QCOMPARE(mine->title, u"mine"_s);
}

void ProfileTest::childOfChildKeepsWhatTheGrandparentSet()
{
    const auto uploads = shippedProfile(u"user-uploads"_s);
    QVERIFY(uploads);
    const auto mine = parseProfile(profileJson("{}", "user-uploads"), shippedProfileJson);
    QVERIFY(mine);
    QCOMPARE(mine->checks, uploads->checks);
    // Set by "web" alone, the grandparent.
    QCOMPARE(mine->checks.at(u"black"_s).severity, Severity::Warn);
}

void ProfileTest::roundTripsThroughJson()
{
    for (const QString& id : shippedProfileIds()) {
        const auto profile = shippedProfile(id);
        const auto again = parseProfile(vidimus::toJson(checks::toJson(*profile)),
            [](const QString&) -> Result<QByteArray> { return Error {ErrorCode::NotFound, {}, {}}; });
        QVERIFY(again);
        QCOMPARE(*again, *profile);
    }
}

void ProfileTest::namesThePlaceOfAFault_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("place");
    QTest::newRow("not json") << QByteArray("{") << QString();
    QTest::newRow("schema") << QByteArray(R"({"schema":"x","id":"mine","checks":{}})") << u"schema"_s;
    QTest::newRow("no id") << QByteArray(R"({"schema":"vidimus.checks-profile/1","checks":{}})") << u"id"_s;
    for (const char* id : {"", "../../x", "a/b", "a b", "a.b", "\\u0000", "\\u00e4"}) {
        QTest::addRow("id \"%s\"", id) << QByteArray(R"({"schema":"vidimus.checks-profile/1","checks":{},"id":")") + id
                + R"("})" << u"profile: id: must be"_s;
    }
    QTest::newRow("too long an id") << QByteArray(R"({"schema":"vidimus.checks-profile/1","checks":{},"id":")")
            + QByteArray(65, 'a')
            + R"("})" << u"profile: id: must be"_s;
    QTest::newRow("a threshold twice") << profileJson(
        "{\n\"black\":{\"thresholds\":{\"min_duration\":1,\n\"min_duration\":2}}}")
                                       << u"line 3: \"min_duration\" stands twice"_s;
    QTest::newRow("a check twice") << profileJson("{\"black\":{},\n\"freeze\":{},\n\"black\":{}}")
                                   << u"line 3: \"black\" stands twice in one object, first on line 1"_s;
    QTest::newRow("unknown member") << QByteArray(
        R"({"schema":"vidimus.checks-profile/1","id":"mine","checks":{},"extra":1})")
                                    << u"extra"_s;
    QTest::newRow("unknown check") << profileJson(R"({"blak":{}})") << u"mine: checks.blak"_s;
    QTest::newRow("check is a number") << profileJson(R"({"black":3})") << u"checks.black"_s;
    QTest::newRow("unknown threshold") << profileJson(R"({"black":{"thresholds":{"size":1}}})")
                                       << u"checks.black.thresholds.size"_s;
    QTest::newRow("text for a number") << profileJson(R"({"black":{"thresholds":{"min_duration":"2"}}})")
                                       << u"checks.black.thresholds.min_duration"_s;
    QTest::newRow("out of range") << profileJson(R"({"black":{"thresholds":{"min_duration":-1}}})")
                                  << u"checks.black.thresholds.min_duration"_s;
    QTest::newRow("not a choice") << profileJson(R"({"freeze":{"thresholds":{"max_difference":0.0011}}})")
                                  << u"checks.freeze.thresholds.max_difference"_s;
    QTest::newRow("bad severity") << profileJson(R"({"black":{"severity":"loud"}})") << u"checks.black.severity"_s;
    QTest::newRow("bad switch") << profileJson(R"({"black":{"enabled":1}})") << u"checks.black.enabled"_s;
}

void ProfileTest::namesThePlaceOfAFault()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, place);
    const auto profile = parseProfile(json, shippedProfileJson);
    QVERIFY(!profile);
    QCOMPARE(profile.error().code, ErrorCode::Invalid);
    QVERIFY2(profile.error().detail.contains(place), qPrintable(profile.error().detail));
}

void ProfileTest::refusesInheritanceInACircle()
{
    const QByteArray json = profileJson("{}", "mine");
    const auto profile = parseProfile(json, [&](const QString&) -> Result<QByteArray> { return json; });
    QVERIFY(!profile);
    QVERIFY(profile.error().detail.contains(u"circle"_s));
}

void ProfileTest::refusesAMissingParent()
{
    const auto profile = parseProfile(profileJson("{}", "nowhere"), shippedProfileJson);
    QVERIFY(!profile);
    QCOMPARE(profile.error().code, ErrorCode::NotFound);
    QVERIFY(profile.error().detail.startsWith(u"mine: "_s));
}

void ProfileTest::onlyLeavesTheNamedChecksOn()
{
    const auto profile = onlyChecks(defaultProfile(), {u"black"_s, u"silence"_s});
    QVERIFY(profile);
    int enabled = 0;
    for (const auto& [id, setting] : profile->checks)
        enabled += setting.enabled ? 1 : 0;
    QCOMPARE(enabled, 2);
    QVERIFY(profile->checks.at(u"silence"_s).enabled);
}

void ProfileTest::onlyRefusesAnUnknownCheck()
{
    const auto profile = onlyChecks(defaultProfile(), {u"black"_s, u"blck"_s});
    QVERIFY(!profile);
    QVERIFY(profile.error().detail.contains(u"blck"_s));
}

QTEST_GUILESS_MAIN(ProfileTest)
#include "tst_profile.moc"
