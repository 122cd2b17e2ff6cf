#include "core/avails/avail_sheet.h"
#include "core/avails/csv_export.h"
#include "core/avails/sheet_import.h"
#include "core/avails/xml_export.h"
#include "core/avails/xml_reader.h"
#include "core/rights/rule_set_json.h"
#include "core/rights/validate.h"

#include <QTest>
#include <random>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::avails;
using namespace vidimus::rights;

/// What goes out comes back: a sheet that was exported and read again changes nothing, and no sheet reaches further
/// than a licensor's own grants.
class RoundTripTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsOffersThatNoSheetNamed();
    void televisionRowsMakeTheirSeries();
    void exportedAndReadAgainIsTheSame();
    void exportedAsXmlAndReadAgainKeepsItsDates();
    void ordersOfAPlayableGrantTravelAsARowOfTheirOwn();
    void readTwiceChangesNothing();
    void reimportKeepsWhatASheetCannotSay();
    void groupsLeaveAsCountries();
    void sheetCannotReplaceARestriction_data();
    void sheetCannotReplaceARestriction();
    void restrictionsDoNotLeave();
    void rejectedRowsLeaveNothingBehind();
    void applyingAPlanChangesWhatItSays();
    void fullExtractReachesOnlyItsOwnScope();
};

namespace {

ImportPlan plan(const QByteArray& csv, const RuleSet& existing, const ImportOptions& options = {})
{
    auto made = planCsvImport(csv, options, existing);
    if (!made)
        qFatal("%s", qPrintable(made.error().detail));
    return *made;
}

/// A rule set as an import makes it, drawn from a seed.
RuleSet randomSheet(quint32 seed)
{
    std::mt19937 random(seed);
    const auto below = [&random](quint32 bound) { return static_cast<int>(random() % bound); };
    const QStringList types {u"EST"_s, u"VOD"_s, u"SVOD"_s, u"AVOD"_s};
    const QStringList names {u"Amélie"_s, u"=SUM(1)"_s, u"'=quoted"_s, u"A, \"B\"\nand C"_s, u"天空の城"_s, u"@home"_s};
    const QStringList countries {u"FR"_s, u"DE"_s, u"WORLD"_s, u"CA-QC"_s, u"XK"_s};
    RuleSet rules;
    for (int i = 0; i < 6; ++i) {
        Title title;
        title.id = TitleId(u"md:alid:%1"_s.arg(i));
        title.ids = {{u"alid"_s, title.id.toString()}};
        title.name = names[i];
        rules.titles.push_back(title);
    }
    for (int i = 0; i < 2; ++i) {
        Deal deal;
        deal.id = DealId(u"C-%1"_s.arg(i));
        deal.licensor = u"Studio"_s;
        rules.deals.push_back(deal);
    }
    for (int i = 0; i < 20; ++i) {
        Rule rule;
        rule.id = WindowId(u"avail:%1"_s.arg(i));
        rule.scope = rules.titles[static_cast<std::size_t>(below(6))].id;
        rule.deal = below(2) == 0 ? DealId() : rules.deals[static_cast<std::size_t>(below(2))].id;
        rule.territory.include = {countries[below(5)]};
        if (below(3) == 0)
            rule.territory.exclude = {countries[below(2)], u"RU"_s};
        const QString type = types[below(4)];
        rule.terms = {{u"license_type"_s, type}};
        if (below(2) == 0)
            rule.terms.insert(u"format"_s, u"HD"_s);
        rule.offers.names = {type.toLower()};
        rule.sites.all = true;
        rule.exclusive = below(4) == 0;
        rule.status = static_cast<RuleStatus>(below(3));
        if (below(4) != 0)
            rule.window.start = Instant {Milliseconds {1767225600000LL + below(400) * 3'600'000LL}};
        if (below(3) != 0)
            rule.window.end = Instant {Milliseconds {1798761600000LL + below(400) * 1000LL}};
        const Instant from {Milliseconds {1764547200000LL + below(400) * 3'600'000LL}};
        if (below(3) == 0) {
            rule.announced = Window {from, rule.window.end};
            rule.terms.insert(u"announce"_s, toRfc3339(from));
        } else if (below(4) == 0) {
            rule.terms[u"license_type"_s] = u"POEST"_s;
            rule.offers.names = {u"est"_s};
            rule.preOrder = Window {from, Instant {Milliseconds {1798761600000LL}}};
            rule.announced = rule.preOrder;
            rule.window = {rule.preOrder->end, rule.preOrder->end};
            for (const char* term : {"announce", "suppression_lift", "preorder_fulfill"})
                rule.terms.insert(QString::fromLatin1(term), toRfc3339(from));
        }
        rules.rules.push_back(rule);
    }
    return rules;
}

QJsonObject withoutProvenance(RuleSet rules)
{
    for (Rule& rule : rules.rules)
        rule.provenance.reset();
    return toJson(rules);
}

bool isEmpty(const ImportPlan& made)
{
    return made.rules.added.empty() && made.rules.changed.empty() && made.rules.removed.empty()
        && made.titles.added.empty() && made.titles.changed.empty() && made.titles.removed.empty()
        && made.deals.added.empty() && made.deals.changed.empty() && made.deals.removed.empty();
}

} // namespace

void RoundTripTest::exportedAndReadAgainIsTheSame()
{
    for (quint32 seed = 0; seed < 60; ++seed) {
        const RuleSet rules = randomSheet(seed);
        QVERIFY(validate(rules));
        const QByteArray csv = exportCsv(rules);
        ImportOptions options;
        options.licensor = u"Studio"_s;
        const ImportPlan made = plan(csv, {}, options);
        QCOMPARE(made.rejected, 0);
        RuleSet again = applied(made, {});
        // Titles and deals that no grant names do not travel in a sheet of grants.
        RuleSet expected = rules;
        std::erase_if(expected.titles, [&](const Title& title) {
            return std::ranges::none_of(rules.rules, [&](const Rule& rule) { return rule.scope == title.id; });
        });
        std::erase_if(expected.deals, [&](const Deal& deal) {
            return std::ranges::none_of(rules.rules, [&](const Rule& rule) { return rule.deal == deal.id; });
        });
        for (RuleSet* set : {&again, &expected}) {
            std::ranges::sort(set->titles, {}, [](const Title& title) { return title.id.toString(); });
            std::ranges::sort(set->deals, {}, [](const Deal& deal) { return deal.id.toString(); });
        }
        QCOMPARE(withoutProvenance(again), withoutProvenance(expected));
    }
}

void RoundTripTest::exportedAsXmlAndReadAgainKeepsItsDates()
{
    for (quint32 seed = 0; seed < 20; ++seed) {
        RuleSet rules = randomSheet(seed);
        for (Title& title : rules.titles)
            title.name = u"Harbour"_s; // what looks like a formula is refused, in XML too
        const auto sheets = readAvailsXml(exportXml(rules));
        QVERIFY(sheets);
        const auto made = planImport(*sheets, {}, {});
        QVERIFY(made);
        QCOMPARE(made->rejected, 0);
        for (const Rule& rule : rules.rules) {
            const auto again = std::ranges::find(made->rules.added, rule.id, &Rule::id);
            QVERIFY(again != made->rules.added.end());
            QVERIFY(again->window == rule.window);
            QVERIFY(again->preOrder == rule.preOrder);
            QVERIFY(again->announced == rule.announced);
        }
    }
}

/// Rights made by hand may play and take orders in one; a sheet says it in two rows, with the same answers.
void RoundTripTest::ordersOfAPlayableGrantTravelAsARowOfTheirOwn()
{
    RuleSet rules = randomSheet(1);
    Rule rule;
    rule.id = WindowId(u"w"_s);
    rule.scope = rules.titles.front().id;
    rule.territory.include = {u"FR"_s};
    rule.offers.names = {u"est"_s};
    rule.sites.all = true;
    rule.window.start = parseRfc3339(u"2026-06-01T00:00:00Z"_s).value();
    rule.preOrder = Window {parseRfc3339(u"2026-05-01T00:00:00Z"_s).value(), rule.window.start};
    rule.announced = Window {parseRfc3339(u"2026-04-01T00:00:00Z"_s).value(), std::nullopt};
    rule.terms = {{u"license_type"_s, u"EST"_s}};
    rules.rules = {rule};
    const ImportPlan made = plan(exportCsv(rules), {});
    QCOMPARE(made.rejected, 0);
    QCOMPARE(made.rules.added.size(), 2U);
    const auto read
        = [&made](const QString& id) { return *std::ranges::find(made.rules.added, WindowId(id), &Rule::id); };
    QVERIFY(read(u"w"_s).window == rule.window);
    QVERIFY(read(u"w"_s).announced == rule.announced);
    QVERIFY(!read(u"w"_s).preOrder);
    QVERIFY(read(u"w-POEST"_s).preOrder == rule.preOrder);
    QVERIFY(read(u"w-POEST"_s).window.isEmpty());
}

void RoundTripTest::readTwiceChangesNothing()
{
    for (quint32 seed = 100; seed < 120; ++seed) {
        const RuleSet rules = randomSheet(seed);
        const QByteArray csv = exportCsv(rules);
        QVERIFY(isEmpty(plan(csv, rules)));
        const RuleSet read = applied(plan(csv, {}), {});
        const ImportPlan again = plan(csv, read);
        QVERIFY(isEmpty(again));
        QCOMPARE(again.accepted, 20);
    }
}

/// Sites, reach and priority have no column. Sending a licensor's own list back must not open a grant to every site.
void RoundTripTest::reimportKeepsWhatASheetCannotSay()
{
    RuleSet rules = randomSheet(1);
    Rule& rule = rules.rules.front();
    rule.sites = {.all = false, .names = {u"web"_s}};
    rule.priority = 7;
    rule.applies = Applies::Descendants;
    rule.offers.names = {u"gold"_s};
    const QByteArray csv = exportCsv(rules);
    QVERIFY(isEmpty(plan(csv, rules)));
    const ImportPlan moved = plan(QByteArray(csv).replace("2026-", "2025-"), rules);
    QVERIFY(!moved.rules.changed.empty());
    for (const Rule& changed : moved.rules.changed) {
        if (changed.id != rule.id)
            continue;
        QCOMPARE(changed.sites, rule.sites);
        QCOMPARE(changed.priority, 7);
        QCOMPARE(changed.applies, Applies::Descendants);
        QCOMPARE(changed.offers.names, QStringList {u"gold"_s});
    }
    ImportOptions house; // what the house's own mapping says now is said, and holds
    house.offers = {{rule.terms.value(u"license_type"_s).toString(), {u"silver"_s}}};
    const RuleSet remapped = applied(plan(csv, rules, house), rules);
    QCOMPARE(remapped.rules.front().offers.names, QStringList {u"silver"_s});
}

/// A group is a name of this house: others read its members, and the list that comes back is the same grant.
void RoundTripTest::groupsLeaveAsCountries()
{
    RuleSet rules = randomSheet(3);
    rules.groups = {{u"EU4"_s, 1, {u"DE"_s, u"FR"_s, u"GB"_s}}, {u"EU4"_s, 2, {u"DE"_s, u"FR"_s, u"CA-QC"_s}}};
    rules.rules[0].territory = {.include = {u"EU4"_s, u"JP"_s, u"FR"_s}, .exclude = {}};
    rules.rules[1].territory = {.include = {u"WORLD"_s}, .exclude = {u"EU4@1"_s}};
    const SheetTable sheet = availSheet(rules);
    const auto cell = [&sheet](std::size_t row, const QString& column) {
        return sheet.rows[row].cells.value(sheet.rows[0].cells.indexOf(column));
    };
    QCOMPARE(cell(1, u"Territory"_s), u"DE, FR, CA-QC, JP"_s);
    QCOMPARE(cell(2, u"Territory"_s), u"ZZ"_s);
    QCOMPARE(cell(2, u"TerritoryExclusion"_s), u"DE, FR, GB"_s);
    for (const QByteArray& list : {exportCsv(rules), exportXml(rules)})
        QVERIFY(!list.contains("EU4"));
    QVERIFY(isEmpty(plan(exportCsv(rules), rules))); // the groups stay
    rules.groups[1].members.removeLast();
    const QByteArray before = exportCsv(rules);
    rules.groups[1].members.append(u"IT"_s);
    const ImportPlan changed = plan(before, rules); // the list says another place than the group does now
    QCOMPARE(changed.rules.changed.size(), 1U);
    QCOMPARE(changed.rules.changed.front().territory.include, (QStringList {u"DE"_s, u"FR"_s, u"JP"_s}));
}

void RoundTripTest::sheetCannotReplaceARestriction_data()
{
    QTest::addColumn<QByteArray>("entry");
    for (const char* entry : {"", "Create", "Update", "Full Extract", "Delete", "Full Delete"})
        QTest::newRow(*entry ? entry : "none") << QByteArray(entry);
}

void RoundTripTest::sheetCannotReplaceARestriction()
{
    QFETCH(QByteArray, entry);
    RuleSet rules;
    Title film;
    film.id = TitleId(u"A1"_s);
    rules.titles = {film};
    Rule takedown;
    takedown.id = WindowId(u"w1"_s);
    takedown.effect = Effect::Deny;
    takedown.scope = film.id;
    takedown.territory.include = {u"WORLD"_s};
    takedown.sites.all = takedown.offers.all = true;
    rules.rules = {takedown};
    const ImportPlan made = plan(
        "EntryType,ALID,Territory,LicenseType,Start,End,AvailID\n" + entry + ",A1,FR,EST,2026-01-01,Open,w1\n", rules);
    QCOMPARE(made.accepted, 0);
    QCOMPARE(made.errors.front().code, u"ID_TAKEN"_s);
    QCOMPARE(applied(made, rules), rules);
}

void RoundTripTest::restrictionsDoNotLeave()
{
    RuleSet rules = randomSheet(2);
    for (Rule& rule : rules.rules)
        rule.effect = Effect::Deny;
    QCOMPARE(exportCsv(rules).count('\n'), 3); // the rows above the data
}

void RoundTripTest::rejectedRowsLeaveNothingBehind()
{
    const QByteArray head = "ALID,Territory,LicenseType,Start,End,AvailID,ContractID,WorkType,TitleInternalAlias\n";
    const ImportPlan made = plan(head
            + "A1,FR,EST,soon,Open,w1,C1,Movie,One\nA2,QQ,EST,2026-01-01,Open,w2,C2,Movie,Two\n"
              "A3,FR,EST,2026-01-01,Open,w3,C3,Movie,Three\nA4,FR,EST,2026-01-01,Open,w3,C4,Movie,Four\n",
        {});
    // The last row shares its AvailID with the third, which the standard allows over titles.
    QCOMPARE(made.rows, 4);
    QCOMPARE(made.rejected, 2);
    QCOMPARE(made.titles.added.size(), 2U);
    QCOMPARE(made.deals.added.size(), 2U);
    for (const Title& title : made.titles.added)
        QVERIFY(title.id != TitleId(u"A1"_s) && title.id != TitleId(u"A2"_s));
    QVERIFY(validate(applied(made, {})));
}

void RoundTripTest::applyingAPlanChangesWhatItSays()
{
    const RuleSet rules = randomSheet(3);
    ImportPlan made;
    Rule changed = rules.rules[1];
    changed.priority = 99;
    Rule added = rules.rules[0];
    added.id = WindowId(u"new"_s);
    made.rules = {.added = {added}, .changed = {changed}, .removed = {rules.rules[2]}};
    const RuleSet after = applied(made, rules);
    QCOMPARE(after.rules.size(), rules.rules.size());
    QCOMPARE(after.rules[0], rules.rules[0]);
    QCOMPARE(after.rules[1], changed);
    QCOMPARE(after.rules[2], rules.rules[3]);
    QCOMPARE(after.rules.back(), added);
}

void RoundTripTest::fullExtractReachesOnlyItsOwnScope()
{
    const QByteArray head = "EntryType,ALID,Territory,LicenseType,Start,End,AvailID,ContractID\n";
    RuleSet rules = applied(
        plan(head
                + "Full Extract,A1,FR,EST,2026-01-01,Open,same,C1\nFull Extract,A1,FR,EST,2026-01-01,Open,contract,C2\n"
                  "Full Extract,A1,DE,EST,2026-01-01,Open,territory,C1\nFull "
                  "Extract,A2,FR,EST,2026-01-01,Open,title,C1\n",
            {}),
        {});
    Rule byHand = rules.rules[0];
    byHand.id = WindowId(u"by hand"_s);
    byHand.provenance.reset(); // no import brought it, so none takes it away
    rules.rules.push_back(byHand);
    const ImportPlan made = plan(head + "Full Extract,A1,FR,VOD,2026-01-01,Open,other,C1\n", rules);
    QCOMPARE(made.rules.removed.size(), 1U);
    QCOMPARE(made.rules.removed[0].id, WindowId(u"same"_s));
    QCOMPARE(made.rules.added.size(), 1U);
}

void RoundTripTest::keepsOffersThatNoSheetNamed()
{
    rights::RuleSet rules;
    rules.offers = {u"gold"_s, u"svod"_s};
    rules.titles = {{.id = TitleId(u"T1"_s), .name = u"One"_s}};
    rights::Rule several {.id = WindowId(u"W1"_s), .scope = TitleId(u"T1"_s)};
    several.territory.include = {u"FR"_s};
    several.sites.all = true;
    several.offers.names = {u"gold"_s, u"svod"_s};
    rights::Rule all = several;
    all.id = WindowId(u"W2"_s);
    all.offers = {.all = true};
    rules.rules = {several, all};
    const auto plan = planCsvImport(exportCsv(rules), {}, rules);
    QVERIFY(plan);
    QCOMPARE(plan->accepted, 2);
    for (const rights::Rule& changed : plan->rules.changed) {
        const rights::Rule& before = changed.id == several.id ? several : all;
        QCOMPARE(changed.offers, before.offers);
    }
}

void RoundTripTest::televisionRowsMakeTheirSeries()
{
    const QByteArray csv
        = "WorkType,SeriesTitleInternalAlias,SeasonNumber,EpisodeNumber,EpisodeTitleInternalAlias,SeriesContentID,"
          "SeasonContentID,EpisodeContentID,ALID,Territory,LicenseType,Start,End\n"
          "Episode,Harbour Nights,2,7,The Pier,S,S-2,S-2-7,AL7,FR,SVOD,2026-01-01,Open\n"
          "Episode,Harbour Nights,2,8,The Rope,S,S-2,S-2-8,AL8,FR,SVOD,2026-01-01,Open\n"
          "Season,Harbour Nights,2,,,S,S-2,,AL2,DE,SVOD,2026-01-01,Open\n"
          "Season,Harbour Nights,3,,,S,S-3,S-3-1,AL3,DE,SVOD,2026-01-01,Open\n"
          "Episode,Harbour Nights,2,seven,,S,S-2,S-2-9,AL9,FR,SVOD,2026-01-01,Open\n";
    const auto plan = planCsvImport(csv, {}, {});
    QVERIFY(plan);
    QCOMPARE(plan->accepted, 3);
    QCOMPARE(plan->errors.size(), 2U); // an episode named by a season row, a number that is none
    QCOMPARE(plan->errors[0].code, u"NOT_ALLOWED"_s);
    QCOMPARE(plan->errors[1].column, u"EpisodeNumber"_s);
    const rights::RuleSet made = applied(*plan, {});
    QStringList shown;
    for (const rights::Title& title : made.titles)
        shown.append(u"%1 %2 <%3> %4"_s.arg(title.id.toString(), title.name, title.parent.toString())
                .arg(title.number.value_or(-1)));
    QCOMPARE(shown,
        (QStringList {u"S Harbour Nights <> -1"_s, u"S-2 Harbour Nights 2 <S> 2"_s, u"AL7 The Pier <S-2> 7"_s,
            u"AL8 The Rope <S-2> 8"_s}));
    // The season's own row meets the season that its episodes brought.
    QCOMPARE(made.rules.back().scope, TitleId(u"S-2"_s));
    QCOMPARE(made.titles[1].ids.value(u"alid"_s), u"AL2"_s);
    // Out and in again is no change.
    const auto again = planCsvImport(exportCsv(made), {}, made);
    QVERIFY(again);
    QCOMPARE(again->accepted, 3);
    QVERIFY(again->titles.added.empty() && again->titles.changed.empty() && again->rules.added.empty());
}

QTEST_GUILESS_MAIN(RoundTripTest)
#include "tst_round_trip.moc"
