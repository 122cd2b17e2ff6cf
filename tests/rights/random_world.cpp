#include "random_world.h"

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

namespace {

const QStringList kSites {u"web"_s, u"tv"_s, u"partner é"_s};
const QStringList kOffers {u"svod"_s, u"est"_s};
const QStringList kTerritories {u"WORLD"_s, u"EU"_s, u"EU@1"_s, u"NA"_s, u"FR"_s, u"RE"_s, u"CA"_s, u"CA-QC"_s,
    u"CA-ON"_s, u"US-CA"_s, u"XX"_s, u"JP"_s};
const QStringList kTitles {u"film"_s, u"trailer"_s, u"series"_s, u"season 1"_s, u"1x1"_s, u"1x2"_s, u"season 2"_s,
    u"2x1"_s, u"bonus of 2x1"_s, u"other"_s};
constexpr int kDays = 20;

Title title(const QString& id, TitleKind kind, const QString& parent = {}, TitleLink link = TitleLink::Part)
{
    Title made;
    made.id = TitleId(id);
    made.kind = kind;
    made.parent = TitleId(parent);
    made.link = link;
    return made;
}

} // namespace

Instant RandomWorld::day(int day)
{
    return Instant {Milliseconds {1767225600000LL + day * 86400000LL}};
}

Window RandomWorld::window()
{
    Window window;
    if (below(5) > 0)
        window.start = day(below(kDays));
    if (below(4) > 0)
        window.end = day(below(kDays)) + Milliseconds(below(2));
    return window;
}

NameList RandomWorld::names(const QStringList& known)
{
    NameList list;
    list.all = below(2) == 0;
    for (int i = list.all ? 0 : below(3); i > 0; --i)
        list.names.append(pick(known));
    return list;
}

Rule RandomWorld::rule(int number)
{
    Rule rule;
    rule.id = WindowId(u"r%1"_s.arg(number));
    rule.effect = below(4) == 0 ? Effect::Deny : Effect::Allow;
    rule.scope = TitleId(pick(kTitles));
    rule.applies = static_cast<Applies>(below(10) < 7 ? 2 : below(2));
    if (below(3) == 0)
        rule.deal = DealId(u"d%1"_s.arg(below(5)));
    for (int i = 1 + below(3); i > 0; --i)
        rule.territory.include.append(pick(kTerritories));
    for (int i = below(3); i > 0; --i)
        rule.territory.exclude.append(pick(kTerritories));
    rule.sites = names(kSites);
    rule.offers = names(kOffers);
    rule.window = window();
    rule.priority = below(3) - 1;
    rule.status = below(8) == 0 ? RuleStatus::Pending : RuleStatus::Approved;
    // Without a draw, so that the other questions change nothing of what a seed gives.
    if (rule.effect == Effect::Allow && number % 2 == 0)
        rule.announced = Window {day(number % kDays), {}};
    if (rule.effect == Effect::Allow && number % 3 == 0)
        rule.preOrder = Window {day(number % 7), day(7 + number % 5)};
    if (rule.effect == Effect::Deny) {
        rule.kind = static_cast<RestrictionKind>(below(5));
        rule.hard = below(4) != 0;
        if (below(4) == 0) {
            rule.after = AfterEvent {.event = u"theatrical"_s, .eventAt = {}, .days = below(9)};
            if (below(2) == 0)
                rule.after->eventAt = day(below(kDays));
        }
    }
    return rule;
}

RuleSet RandomWorld::rules()
{
    RuleSet set;
    set.groups = {{.name = u"EU"_s, .version = 1, .members = {u"FR"_s, u"DE"_s, u"GB"_s}},
        {.name = u"EU"_s, .version = 2, .members = {u"FR"_s, u"DE"_s}},
        {.name = u"NA"_s, .version = 1, .members = {u"US"_s, u"CA-QC"_s}}};
    set.sites = kSites;
    set.offers = kOffers;
    set.titles = {title(u"film"_s, TitleKind::Film),
        title(u"trailer"_s, TitleKind::Clip, u"film"_s, TitleLink::Supplement), title(u"series"_s, TitleKind::Series),
        title(u"season 1"_s, TitleKind::Season, u"series"_s), title(u"1x1"_s, TitleKind::Episode, u"season 1"_s),
        title(u"1x2"_s, TitleKind::Episode, u"season 1"_s), title(u"season 2"_s, TitleKind::Season, u"series"_s),
        title(u"2x1"_s, TitleKind::Episode, u"season 2"_s),
        title(u"bonus of 2x1"_s, TitleKind::Clip, u"2x1"_s, TitleLink::Supplement), title(u"other"_s, TitleKind::Film)};
    for (Title& one : set.titles)
        one.allowMode = below(4) == 0 ? AllowMode::Replace : AllowMode::Extend;
    for (int i = 0; i < 5; ++i) {
        Deal deal;
        deal.id = DealId(u"d%1"_s.arg(i));
        deal.licensor = u"L%1"_s.arg(below(3));
        deal.status = static_cast<DealStatus>(below(2) == 0 ? 2 : below(5));
        deal.term = window();
        set.deals.push_back(deal);
    }
    for (int i = below(30); i > 0; --i)
        set.rules.push_back(rule(i));
    return set;
}

RuleSet RandomWorld::edited(RuleSet rules)
{
    const int choice = below(6);
    if (choice == 3) {
        Deal& deal = rules.deals[static_cast<std::size_t>(below(static_cast<int>(rules.deals.size())))];
        deal.status = static_cast<DealStatus>(below(5));
        deal.term = window();
    } else if (choice == 4) { // what is not pinned follows
        const int version = static_cast<int>(rules.groups.size()) + 1;
        rules.groups.push_back({.name = u"EU"_s, .version = version, .members = {u"FR"_s, pick(kTerritories.mid(4))}});
    } else if (choice == 5) {
        Title& title = rules.titles[static_cast<std::size_t>(below(static_cast<int>(rules.titles.size())))];
        title.allowMode = title.allowMode == AllowMode::Extend ? AllowMode::Replace : AllowMode::Extend;
        title.link = below(4) == 0 ? TitleLink::Supplement : TitleLink::Part;
    } else if (choice == 0 || rules.rules.empty())
        rules.rules.push_back(rule(1000));
    else if (choice == 1)
        rules.rules.erase(rules.rules.begin() + below(static_cast<int>(rules.rules.size())));
    else
        rules.rules[static_cast<std::size_t>(below(static_cast<int>(rules.rules.size())))] = rule(1001);
    return rules;
}

Query RandomWorld::query()
{
    static const QStringList places {
        u"FR"_s, u"RE"_s, u"DE"_s, u"GB"_s, u"US"_s, u"CA"_s, u"JP"_s, u"XX"_s, u"QQ"_s, u"fr"_s};
    static const QStringList subdivisions {u""_s, u"CA-QC"_s, u"CA-ON"_s, u"US-CA"_s, u"CA-"_s, u"CA-QCQCQ"_s};
    Query query;
    query.title = TitleId(below(30) == 0 ? u"nobody"_s : pick(kTitles));
    query.country = pick(places);
    query.subdivision = pick(subdivisions);
    query.site = below(6) == 0 ? u"new site"_s : pick(kSites);
    query.offer = below(6) == 0 ? u"new offer"_s : pick(kOffers);
    query.at = day(below(kDays + 2) - 1) + Milliseconds(below(3) - 1);
    return query;
}
