#include "core/rights/licensors.h"

#include <QSet>
#include <algorithm>

namespace vidimus::rights {

Licensors::Licensors(const RuleSet& rules)
{
    QSet<QString> names;
    for (const Deal& deal : rules.deals) {
        m_ofDeal.insert(deal.id.toString(), deal.licensor);
        names.insert(deal.licensor);
    }
    for (const Rule& rule : rules.rules) {
        if (rule.provenance)
            names.insert(rule.provenance->licensor);
    }
    names.remove(QString());
    m_names = QStringList(names.begin(), names.end());
    m_names.sort();
}

QString Licensors::of(const Rule& rule) const
{
    if (rule.provenance && !rule.provenance->licensor.isEmpty())
        return rule.provenance->licensor;
    return rule.deal.isEmpty() ? QString() : m_ofDeal.value(rule.deal.toString());
}

QString Licensors::known(const QString& name) const
{
    const auto found = std::ranges::find_if(m_names, [&](const QString& one) { return isSameLicensor(one, name); });
    return found == m_names.end() ? QString() : *found;
}

bool isSameLicensor(const QString& a, const QString& b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace vidimus::rights
