#include "core/avails/calendar_export.h"
#include "core/avails/grant_sieve.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;

/// Which grants an export for a territory holds: those that give rights there, however they write it.
class GrantSieveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void looksAtThePlacesAndNotAtTheNames_data();
    void looksAtThePlacesAndNotAtTheNames();
    void aGroupIsAskedForByItsName();
    void theCalendarOfACountryHasTheWorldsGrants();
};

namespace {

rights::RuleSet rulesFor(const QStringList& include, const QStringList& exclude)
{
    rights::RuleSet rules;
    rules.groups = {{u"BENELUX"_s, 1, {u"BE"_s, u"NL"_s, u"LU"_s}}};
    rules.titles = {rights::Title {.id = TitleId(u"film"_s)}};
    rights::Rule rule;
    rule.id = WindowId(u"w"_s);
    rule.scope = TitleId(u"film"_s);
    rule.territory = {include, exclude};
    rule.sites.all = rule.offers.all = true;
    rule.window.start = Instant {};
    rules.rules = {rule};
    return rules;
}

bool passes(const rights::RuleSet& rules, const QString& territory)
{
    return GrantSieve(rules, {.territory = territory}).lets(rules.rules[0]);
}

} // namespace

void GrantSieveTest::looksAtThePlacesAndNotAtTheNames_data()
{
    QTest::addColumn<QStringList>("include");
    QTest::addColumn<QStringList>("exclude");
    QTest::addColumn<QString>("territory");
    QTest::addColumn<bool>("passes");
    const auto row
        = [](const char* name, const QStringList& include, const QStringList& exclude, const QString& territory,
              bool passes) { QTest::newRow(name) << include << exclude << territory << passes; };
    row("named", {u"FR"_s}, {}, u"FR"_s, true);
    row("another", {u"FR"_s}, {}, u"DE"_s, false);
    row("the world", {u"WORLD"_s}, {}, u"FR"_s, true);
    row("the world but it", {u"WORLD"_s}, {u"FR"_s}, u"FR"_s, false);
    row("by a group", {u"BENELUX"_s}, {}, u"NL"_s, true);
    row("a group but it", {u"BENELUX"_s}, {u"NL"_s}, u"NL"_s, false);
    row("by a version of a group", {u"BENELUX@1"_s}, {}, u"NL"_s, true);
    row("a part of a country", {u"CA"_s}, {}, u"CA-QC"_s, true);
    row("a part left out", {u"CA"_s}, {u"CA-QC"_s}, u"CA-QC"_s, false);
    row("the country of a part", {u"CA-QC"_s}, {}, u"CA"_s, false);
    row("nothing asked", {u"FR"_s}, {}, {}, true);
}

void GrantSieveTest::looksAtThePlacesAndNotAtTheNames()
{
    QFETCH(QStringList, include);
    QFETCH(QStringList, exclude);
    QFETCH(QString, territory);
    const rights::RuleSet rules = rulesFor(include, exclude);
    QTEST(passes(rules, territory), "passes");
}

void GrantSieveTest::aGroupIsAskedForByItsName()
{
    QVERIFY(passes(rulesFor({u"BENELUX"_s}, {}), u"BENELUX"_s));
    QVERIFY(!passes(rulesFor({u"NL"_s}, {}), u"BENELUX"_s));
}

void GrantSieveTest::theCalendarOfACountryHasTheWorldsGrants()
{
    const rights::RuleSet rules = rulesFor({u"WORLD"_s}, {u"RU"_s});
    QCOMPARE(exportCalendar(rules, {.territory = u"FR"_s}, {}).count("BEGIN:VEVENT"), 1);
    QCOMPARE(exportCalendar(rules, {.territory = u"RU"_s}, {}).count("BEGIN:VEVENT"), 0);
}

QTEST_GUILESS_MAIN(GrantSieveTest)
#include "tst_grant_sieve.moc"
