#include "core/avails/avail_sheet.h"
#include "core/avails/kept_columns_p.h"
#include "core/avails/territory_names.h"
#include "core/rights/licensors.h"
#include "core/rights/pre_order.h"

#include <QHash>
#include <algorithm>
#include <iterator>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

QString workType(rights::TitleKind kind)
{
    using Kind = rights::TitleKind;
    switch (kind) {
    case Kind::Film:
        return u"Movie"_s;
    case Kind::Series:
        return u"Series"_s;
    case Kind::Season:
        return u"Season"_s;
    case Kind::Episode:
        return u"Episode"_s;
    case Kind::Clip:
        return u"Promotion"_s;
    case Kind::Bundle:
        break;
    }
    return u"Collection"_s;
}

QString status(rights::RuleStatus status)
{
    switch (status) {
    case rights::RuleStatus::Pending:
        return u"Pending"_s;
    case rights::RuleStatus::Revoked:
        return u"Revoked"_s;
    case rights::RuleStatus::Approved:
        break;
    }
    return u"Approved"_s;
}

/// A rule that came from a sheet keeps its word. One that a person made names its offers, which the import reads too.
QString licenseType(const rights::Rule& rule)
{
    const QString kept = rule.terms.value(u"license_type"_s).toString();
    if (!kept.isEmpty())
        return kept;
    if (rights::isPreOrderOnly(rule))
        return u"POEST"_s;
    return rule.offers.all ? u"*"_s : rule.offers.names.join(u", ");
}

/// What a television row says of the season and series above its title.
struct Above {
    const rights::Title* season = nullptr;
    const rights::Title* series = nullptr;
};

Above aboveOf(const rights::Title& title, const QHash<QString, const rights::Title*>& titles)
{
    Above above;
    if (title.link != rights::TitleLink::Part)
        return above;
    const rights::Title* parent = &title;
    for (int level = 0; level < 3 && parent != nullptr; ++level) {
        if (parent->kind == rights::TitleKind::Season && above.season == nullptr)
            above.season = parent;
        if (parent->kind == rights::TitleKind::Series && above.series == nullptr)
            above.series = parent;
        parent = titles.value(parent->parent.toString());
    }
    return above;
}

QString contentId(const rights::Title* title)
{
    return title == nullptr ? QString() : title->ids.value(u"content_id"_s, title->id.toString());
}

/// From when a row may be sold before it plays; a POEST row has to say it.
QString suppressionLift(const rights::Rule& rule)
{
    const QString kept = rule.terms.value(u"suppression_lift"_s).toString();
    if (!kept.isEmpty() || !rights::isPreOrderOnly(rule))
        return kept;
    const auto& from = rule.announced && rule.announced->start ? rule.announced->start : rule.preOrder->start;
    return from ? toRfc3339(*from) : QString();
}

/// The standard knows pre-orders as rows of their own: a grant that plays and may be ordered before is two.
std::vector<rights::Rule> rowsOf(const rights::Rule& rule)
{
    if (!rule.preOrder || rule.preOrder->isEmpty() || rights::isPreOrderOnly(rule))
        return {rule};
    rights::Rule order = rule;
    order.id = WindowId(rule.id.toString() + u"-POEST"_s);
    const Instant never = rule.preOrder->end.value_or(rule.preOrder->start.value_or(Instant {}));
    order.window = {never, never};
    order.terms[u"license_type"_s] = u"POEST"_s;
    order.terms.remove(u"suppression_lift"_s);
    return {rule, order};
}

QString numberOf(const rights::Title* title)
{
    return title == nullptr || !title->number ? QString() : QString::number(*title->number);
}

/// Those that some grant has and \a headings do not name yet.
std::vector<KeptColumn> keptColumnsOf(const std::vector<rights::Rule>& grants, const QStringList& headings)
{
    std::vector<KeptColumn> columns;
    std::ranges::copy_if(kKeptColumns, std::back_inserter(columns), [&](const KeptColumn& column) {
        return !headings.contains(column.column) && std::ranges::any_of(grants, [&column](const rights::Rule& rule) {
            return rule.terms.contains(column.term);
        });
    });
    return columns;
}

} // namespace

QString territoriesOf(QStringList names)
{
    names.replaceInStrings(u"WORLD"_s, u"ZZ"_s);
    return names.join(u", ");
}

QString availIdOf(const rights::Rule& rule)
{
    return rule.terms.value(u"avail_id"_s).toString(rule.id.toString());
}

QString alidOf(const rights::Rule& rule, const rights::Title& title)
{
    return rule.terms.value(u"alid"_s).toString(title.ids.value(u"alid"_s, rule.scope.toString()));
}

SheetTable availSheet(const rights::RuleSet& rules, Extent extent)
{
    QHash<QString, const rights::Title*> titles;
    for (const rights::Title& title : rules.titles)
        titles.insert(title.id.toString(), &title);
    const rights::Licensors licensors(rules);
    const TerritoryNames territories(rules);
    const rights::Title unknown;
    SheetTable sheet {.name = u"Avails"_s};
    sheet.rows.push_back({1,
        {u"DisplayName"_s, u"Territory"_s, u"TerritoryExclusion"_s, u"WorkType"_s, u"TitleInternalAlias"_s,
            u"SeriesTitleInternalAlias"_s, u"SeasonNumber"_s, u"EpisodeNumber"_s, u"EntryType"_s, u"TitleStatus"_s,
            u"LicenseType"_s, u"FormatProfile"_s, u"Exclusive"_s, u"ContractID"_s, u"Start"_s, u"End"_s,
            u"AnnounceDate"_s, u"SuppressionLiftDate"_s, u"SpecialPreOrderFulfillDate"_s, u"PriceType"_s,
            u"PriceValue"_s, u"PriceCurrency"_s, u"TitleID"_s, u"EditID"_s, u"SeriesContentID"_s, u"SeasonContentID"_s,
            u"EpisodeContentID"_s, u"ContentID"_s, u"AvailID"_s, u"ALID"_s}});
    std::vector<rights::Rule> grants;
    for (const rights::Rule& rule : rules.rules) {
        if (rule.effect == rights::Effect::Allow)
            std::ranges::move(rowsOf(rule), std::back_inserter(grants));
    }
    const std::vector<KeptColumn> kept = keptColumnsOf(grants, sheet.rows[0].cells);
    for (const KeptColumn& column : kept)
        sheet.rows[0].cells.append(column.column);
    for (const rights::Rule& rule : grants) {
        const rights::Title& title = *titles.value(rule.scope.toString(), &unknown);
        const bool episode = title.kind == rights::TitleKind::Episode;
        const Above above = aboveOf(title, titles);
        const auto term = [&rule](const QString& name) { return rule.terms.value(name).toString(); };
        const QString content = title.ids.value(u"content_id"_s);
        const rights::Window& window = rights::isPreOrderOnly(rule) ? *rule.preOrder : rule.window;
        SheetRow row {.number = static_cast<int>(sheet.rows.size()) + 1};
        const rights::TerritoryExpression territory = territories.spelledOut(rule.territory);
        row.cells = {licensors.of(rule), territoriesOf(territory.include), territoriesOf(territory.exclude),
            workType(title.kind), title.name, above.series == nullptr ? QString() : above.series->name,
            numberOf(above.season), episode ? numberOf(&title) : QString(),
            extent == Extent::Whole ? u"Full Extract"_s : u"Update"_s, status(rule.status), licenseType(rule),
            term(u"format"_s), rule.exclusive ? u"Yes"_s : u"No"_s, rule.deal.toString(),
            window.start ? toRfc3339(*window.start) : u"Immediate"_s, window.end ? toRfc3339(*window.end) : u"Open"_s,
            rule.announced && rule.announced->start ? toRfc3339(*rule.announced->start) : QString(),
            suppressionLift(rule), term(u"preorder_fulfill"_s), term(u"price_type"_s), term(u"price_value"_s),
            term(u"price_currency"_s), title.ids.value(u"title_id"_s), title.ids.value(u"edit_id"_s),
            contentId(above.series), contentId(above.season), episode ? content : QString(),
            episode ? QString() : content, availIdOf(rule), alidOf(rule, title)};
        for (const KeptColumn& column : kept)
            row.cells.append(term(column.term));
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

} // namespace vidimus::avails
