#include "core/avails/rights_reports.h"

#include "core/avails/avail_sheet.h"
#include "core/avails/csv_table.h"
#include "core/avails/decided_now_p.h"
#include "core/avails/xlsx_writer.h"
#include "core/rights/effect.h"
#include "core/rights/licensors.h"
#include "core/rights/pre_order.h"
#include "core/rights/question.h"
#include "core/rights/resolver.h"

#include <QHash>
#include <algorithm>
#include <array>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

QHash<QString, QString> namesOf(const rights::RuleSet& rules)
{
    QHash<QString, QString> names;
    for (const rights::Title& title : rules.titles)
        names.insert(title.id.toString(), title.name);
    return names;
}

/// Series and seasons play nothing themselves; a report names what is below them, and how many of them stand above.
class LevelsAbove {
public:
    explicit LevelsAbove(const rights::RuleSet& rules)
    {
        for (const rights::Title& title : rules.titles)
            m_titles.insert(title.id.toString(), &title);
    }
    [[nodiscard]] bool isFolded(const TitleId& id) const
    {
        const rights::Title* title = m_titles.value(id.toString());
        return title != nullptr && rights::isContainer(title->kind);
    }
    /// Empty where there is none.
    [[nodiscard]] QString above(const TitleId& id) const
    {
        int levels = 0;
        const rights::Title* title = m_titles.value(id.toString());
        for (int step = 0; step < kMostLevels && title != nullptr && title->link == rights::TitleLink::Part; ++step) {
            title = m_titles.value(title->parent.toString());
            levels += title != nullptr && rights::isContainer(title->kind) ? 1 : 0;
        }
        return levels == 0 ? QString() : QString::number(levels);
    }

private:
    static constexpr int kMostLevels = 16;
    QHash<QString, const rights::Title*> m_titles;
};

QString textOf(const std::optional<Instant>& instant, const QString& none)
{
    return instant ? toRfc3339(*instant) : none;
}

void addRow(SheetTable& sheet, QStringList cells)
{
    sheet.rows.push_back({static_cast<int>(sheet.rows.size()) + 1, std::move(cells)});
}

/// Pending, Approved, Revoked or Expired.
QString statusOf(const rights::Rule& rule, const rights::Deal* deal, Instant now)
{
    if (rule.status == rights::RuleStatus::Revoked)
        return u"Revoked"_s;
    if (rule.status == rights::RuleStatus::Pending)
        return u"Pending"_s;
    const rights::Window window = deal ? rule.window.intersected(deal->term) : rule.window;
    const bool over = window.end && *window.end <= now;
    return over || (deal && deal->status == rights::DealStatus::Ended) ? u"Expired"_s : u"Approved"_s;
}

} // namespace

SheetTable statusReply(const rights::RuleSet& rules, const GrantFilter& filter, Instant now)
{
    QHash<QString, const rights::Title*> titles;
    for (const rights::Title& title : rules.titles)
        titles.insert(title.id.toString(), &title);
    QHash<QString, const rights::Deal*> deals;
    for (const rights::Deal& deal : rules.deals)
        deals.insert(deal.id.toString(), &deal);
    const GrantSieve sieve(rules, filter);
    const DecidedNow decided(rules, now);
    const rights::Title unknown;
    SheetTable sheet {.name = u"Status"_s};
    addRow(sheet,
        {u"DisplayName"_s, u"ContractID"_s, u"AvailID"_s, u"ALID"_s, u"TitleInternalAlias"_s, u"Territory"_s,
            u"TerritoryExclusion"_s, u"LicenseType"_s, u"Start"_s, u"End"_s, u"TitleStatus"_s, u"LiveNow"_s, u"File"_s,
            u"Sheet"_s, u"Row"_s});
    for (const rights::Rule& rule : rules.rules) {
        const rights::Deal* deal = deals.value(rule.deal.toString());
        rights::Rule asked = rule; // the status is what the reply is about, so it may not filter
        asked.status = rights::RuleStatus::Approved;
        if (!sieve.lets(asked))
            continue;
        const QString status = statusOf(rule, deal, now);
        const rights::Title& title = *titles.value(rule.scope.toString(), &unknown);
        const rights::Window& window = rights::isPreOrderOnly(rule) ? *rule.preOrder : rule.window;
        addRow(sheet,
            {sieve.licensors().of(rule), rule.deal.toString(), availIdOf(rule), alidOf(rule, title), title.name,
                territoriesOf(rule.territory.include), territoriesOf(rule.territory.exclude),
                rule.terms.value("license_type"_L1).toString(rule.offers.names.join(u", "_s)),
                textOf(window.start, u"Immediate"_s), textOf(window.end, u"Open"_s), status,
                status == u"Approved" && decided.by(rule) ? u"Yes"_s : u"No"_s,
                rule.provenance ? rule.provenance->file : QString(),
                rule.provenance ? rule.provenance->sheet : QString(),
                rule.provenance ? QString::number(rule.provenance->row) : QString()});
    }
    return sheet;
}

Result<SheetTable> availabilityReport(
    const rights::RuleSet& rules, const GrantFilter& filter, const CancelToken& cancel)
{
    rights::RuleSet asked = rules;
    if (!filter.licensor.isEmpty()) {
        const rights::Licensors licensors(rules);
        std::erase_if(asked.rules, [&](const rights::Rule& rule) {
            return rule.effect == rights::Effect::Allow && !rights::isSameLicensor(licensors.of(rule), filter.licensor);
        });
    }
    const QHash<QString, QString> names = namesOf(rules);
    const LevelsAbove levels(rules);
    SheetTable sheet {.name = u"Availability"_s};
    addRow(sheet,
        {u"Title"_s, u"Name"_s, u"Territories"_s, u"Sites"_s, u"Offers"_s, u"From"_s, u"To"_s, u"Question"_s,
            u"LevelsAbove"_s});
    const auto shown = [](QStringList list, bool all) {
        if (all)
            return u"*"_s;
        list.replaceInStrings(u"*"_s, u"others"_s);
        return list.join(u", "_s);
    };
    const std::array questions {std::pair(rights::Question::Playable, u"Playable"_s),
        std::pair(rights::Question::PreOrder, u"Pre-order"_s), std::pair(rights::Question::Announced, u"Announced"_s)};
    for (const auto& [question, name] : questions) {
        const rights::RuleSet given = rights::rulesFor(asked, question);
        rights::RuleSet none = given;
        std::erase_if(none.rules, [](const rights::Rule& rule) { return rule.effect == rights::Effect::Allow; });
        const auto answers = rights::effectOf(rights::Resolver(none), rights::Resolver(given), Instant {}, cancel);
        if (!answers)
            return answers.error();
        for (const rights::CellRange& range : answers->gained) {
            if (levels.isFolded(range.title))
                continue;
            const rights::Window window = range.window.intersected(filter.period);
            const QStringList countries = filter.territory.isEmpty() ? range.countries
                : range.countries.contains(filter.territory)         ? QStringList {filter.territory}
                                                                     : QStringList();
            if (window.isEmpty() || countries.isEmpty())
                continue;
            addRow(sheet,
                {range.title.toString(), names.value(range.title.toString()), countries.join(u", "_s),
                    shown(range.sites, range.allSites), shown(range.offers, range.allOffers),
                    textOf(window.start, u"Immediate"_s), textOf(window.end, u"Open"_s), name,
                    levels.above(range.title)});
        }
    }
    return sheet;
}

QByteArray toCsv(const SheetTable& sheet)
{
    QString csv;
    for (const SheetRow& row : sheet.rows) {
        QStringList quoted;
        for (const QString& cell : row.cells)
            quoted.append(csvCell(cell));
        csv += quoted.join(u',') + u"\r\n"_s;
    }
    return csv.toUtf8();
}

Result<QByteArray> toXlsx(const SheetTable& sheet, int headingRows)
{
    OutSheet out {.name = sheet.name, .frozenRows = headingRows};
    for (const SheetRow& row : sheet.rows)
        out.rows.push_back(row.cells);
    for (int row = 0; row < headingRows && row < std::ssize(out.rows); ++row) {
        for (int column = 0; column < out.rows[static_cast<std::size_t>(row)].size(); ++column)
            out.styles.insert({row, column}, CellStyle::Heading);
    }
    return writeXlsx({out});
}

} // namespace vidimus::avails
