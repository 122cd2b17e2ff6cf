#include "core/avails/csv_export.h"

#include "core/avails/csv_table.h"

#include <QHash>

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

/// WORLD leaves as ZZ, the code that sheets use for it.
QString territories(QStringList names)
{
    names.replaceInStrings(u"WORLD"_s, u"ZZ"_s);
    return names.join(u", ");
}

} // namespace

QByteArray exportCsv(const rights::RuleSet& rules)
{
    QHash<QString, const rights::Title*> titles;
    for (const rights::Title& title : rules.titles)
        titles.insert(title.id.toString(), &title);
    QHash<QString, QString> licensors;
    for (const rights::Deal& deal : rules.deals)
        licensors.insert(deal.id.toString(), deal.licensor);
    const rights::Title unknown;
    QString csv = u"DisplayName,Territory,TerritoryExclusion,WorkType,TitleInternalAlias,TitleStatus,LicenseType,"
                  "FormatProfile,Exclusive,ContractID,Start,End,PriceType,PriceValue,PriceCurrency,TitleID,EditID,"
                  "ContentID,AvailID,ALID\r\n"_s;
    for (const rights::Rule& rule : rules.rules) {
        if (rule.effect == rights::Effect::Deny)
            continue;
        const rights::Title& title = *titles.value(rule.scope.toString(), &unknown);
        const auto term = [&rule](const QString& name) { return rule.terms.value(name).toString(); };
        const QString offers = rule.offers.names.join(u", ");
        const QStringList cells {licensors.value(rule.deal.toString()), territories(rule.territory.include),
            territories(rule.territory.exclude), workType(title.kind), title.name, status(rule.status),
            rule.terms.contains(u"license_type"_s) ? term(u"license_type"_s) : offers.toUpper(), term(u"format"_s),
            rule.exclusive ? u"Yes"_s : u"No"_s, rule.deal.toString(),
            rule.window.start ? toRfc3339(*rule.window.start) : u"Immediate"_s,
            rule.window.end ? toRfc3339(*rule.window.end) : u"Open"_s, term(u"price_type"_s), term(u"price_value"_s),
            term(u"price_currency"_s), title.ids.value(u"title_id"_s), title.ids.value(u"edit_id"_s),
            title.ids.value(u"content_id"_s), rule.id.toString(), title.ids.value(u"alid"_s, rule.scope.toString())};
        QStringList quoted;
        for (const QString& cell : cells)
            quoted.append(csvCell(cell));
        csv += quoted.join(u',') + u"\r\n"_s;
    }
    return csv.toUtf8();
}

} // namespace vidimus::avails
