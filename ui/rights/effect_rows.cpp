#include "ui/rights/effect_rows.h"

#include "core/rights/everywhere.h"
#include "ui/rights/rights_texts.h"
#include "ui/widgets/time_label.h"

#include <QCoreApplication>
#include <QHash>
#include <cmath>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using widgets::Ink;

namespace {

constexpr std::size_t kMostRows = 200;

QString tr(const char* text, int count = -1)
{
    return QCoreApplication::translate("EffectRows", text, nullptr, count);
}

struct Side {
    QString heading;
    QString iconName;
    Ink ink;
    QChar sign;
};

/// "DE, AT, CH +2"; of nearly all countries those that are left out.
QString countriesText(const QStringList& countries)
{
    const auto leftOut = vidimus::rights::leftOutOf(countries);
    if (!leftOut)
        return shortList(countries, 3);
    //: All countries; with %1 being codes of the few that are left out.
    return leftOut->isEmpty() ? tr("World") : tr("World but %1").arg(shortList(*leftOut, 2));
}

void addSide(const std::vector<engine::CellRange>& ranges, const Side& side, const QHash<QString, QString>& titles,
    std::vector<TableRow>& rows)
{
    double total = 0;
    bool open = false;
    for (const engine::CellRange& range : ranges) {
        total += daysOf(range);
        open = open || !range.window.start || !range.window.end;
    }
    const auto days = [&side](double count) {
        //: A number of days, with its sign: "+30 d".
        return tr("%1%2 d").arg(side.sign).arg(widgets::countText(std::llround(count)));
    };
    QString sum = ranges.empty() ? QString(u'0') : days(total);
    if (open)
        sum = total > 0 ? tr("%1 and open").arg(sum) : tr("open");
    rows.push_back(
        {{{side.heading, side.ink, side.iconName, {}, false, false, {}}, {}, {sum, side.ink, {}, {}, false, true, {}}},
            {}});
    for (std::size_t i = 0; i < std::min(ranges.size(), kMostRows); ++i) {
        const engine::CellRange& range = ranges[i];
        const QString what = u"%1 · %2"_s.arg(shortList(range.offers, 3), windowText(range.window));
        const bool bounded = range.window.start && range.window.end;
        rows.push_back(
            {{{countriesText(range.countries), Ink::Second, {}, {}, false, false, range.countries.join(u", "_s)},
                 {what, std::nullopt, {}, titles.size() > 1 ? titles.value(range.title.toString()) : QString(), false,
                     false, {}},
                 {bounded ? days(daysOf(range)) : tr("open"), Ink::Second, {}, {}, false, true, {}}},
                range.title.toString()});
    }
    if (ranges.size() > kMostRows) {
        const int left = static_cast<int>(ranges.size() - kMostRows);
        rows.push_back({{{}, {tr("and %n more range(s)", left), Ink::Second, {}, {}, false, false, {}}, {}}, {}});
    }
}

} // namespace

QString shortList(const QStringList& names, int most)
{
    if (names.size() <= most)
        return names.join(u", "_s);
    return u"%1 +%2"_s.arg(names.mid(0, most).join(u", "_s)).arg(names.size() - most);
}

double daysOf(const engine::CellRange& range)
{
    if (!range.window.start || !range.window.end)
        return 0;
    const auto days = std::chrono::duration<double, std::ratio<86400>>(*range.window.end - *range.window.start).count();
    return days * static_cast<double>(range.countries.size() * range.sites.size() * range.offers.size());
}

std::vector<TableRow> effectRows(const engine::Effects& effects, const engine::RuleSet& rules)
{
    QHash<QString, QString> titles;
    for (const auto* side : {&effects.gained, &effects.lost}) {
        for (const engine::CellRange& range : *side)
            titles.insert(range.title.toString(), range.title.toString());
    }
    for (const engine::Title& title : rules.titles) {
        if (const auto found = titles.find(title.id.toString()); found != titles.end() && !title.name.isEmpty())
            *found = title.name;
    }
    std::vector<TableRow> rows;
    addSide(effects.gained, {tr("Gained"), u"plus"_s, Ink::Passed, u'+'}, titles, rows);
    addSide(effects.lost, {tr("Lost"), u"minus"_s, Ink::Rejected, u'−'}, titles, rows);
    return rows;
}

} // namespace vidimus::ui::rights
