#include "core/workbench/workload_rules.h"

#include "core/workbench/workload_image.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 kBlocks = 8; // groups 1 to 8, of which windows take two together

QString groupName(quint32 group)
{
    return u"G%1"_s.arg(group);
}

QStringList countriesOf(const WorkCountries& countries)
{
    QStringList names;
    for (quint32 country = 0; country < kWorkCountries; ++country) {
        if ((countries[country / 64] >> country % 64 & 1) != 0)
            names.append(QString::fromLatin1(workCountry(country)));
    }
    return names;
}

/// As long as the ids that a workspace gives, and rising.
QString madeUpId(quint32 title, quint32 number)
{
    return u"0198%1-%2-7%3-8000-000000000000"_s.arg(title >> 16, 4, 16, QChar(u'0'))
        .arg(title & 0xFFFF, 4, 16, QChar(u'0'))
        .arg(number, 3, 16, QChar(u'0'));
}

rights::NameList listOf(quint32 bits, int count, QByteArray (*name)(quint32))
{
    if (bits == (quint32 {1} << count) - 1)
        return {.all = true, .names = {}};
    rights::NameList list;
    for (quint32 i = 0; i < static_cast<quint32>(count); ++i) {
        if ((bits >> i & 1) != 0)
            list.names.append(QString::fromLatin1(name(i)));
    }
    return list;
}

Instant instantOf(qint64 seconds)
{
    return Instant {Milliseconds {seconds * 1000}};
}

} // namespace

WorkloadRules::WorkloadRules(const AvailabilityWorkload& workload)
    : m_workload(workload)
{
    const auto& groups = workload.groups();
    for (quint32 one = 1; one <= kBlocks; ++one) {
        for (quint32 other = one + 1; other <= kBlocks; ++other) {
            WorkCountries both = groups[one];
            for (std::size_t word = 0; word < both.size(); ++word)
                both[word] |= groups[other][word];
            m_named.insert_or_assign(both, QStringList {groupName(one), groupName(other)});
        }
    }
    for (quint32 group = 0; group < groups.size(); ++group)
        m_named.insert_or_assign(groups[group], QStringList {groupName(group)});
}

rights::RuleSet WorkloadRules::context() const
{
    rights::RuleSet rules;
    for (quint32 group = 0; group < m_workload.groups().size(); ++group)
        rules.groups.push_back({groupName(group), 1, countriesOf(m_workload.groups()[group])});
    for (quint32 site = 0; site < kWorkSites; ++site)
        rules.sites.append(QString::fromLatin1(workSite(site)));
    for (quint32 offer = 0; offer < kWorkOffers; ++offer)
        rules.offers.append(QString::fromLatin1(workOffer(offer)));
    return rules;
}

TitleId WorkloadRules::titleId(quint32 title)
{
    return TitleId(madeUpId(title, 0));
}

rights::Title WorkloadRules::title(quint32 title)
{
    return {.id = titleId(title), .name = u"Title %1"_s.arg(title)};
}

QStringList WorkloadRules::territory(const WorkCountries& countries) const
{
    const auto named = m_named.find(countries);
    return named == m_named.end() ? countriesOf(countries) : named->second;
}

std::vector<rights::Rule> WorkloadRules::rulesOf(quint32 title) const
{
    std::vector<rights::Rule> rules;
    for (const WorkWindow& window : m_workload.windowsOf(title, 0)) {
        rights::Rule rule;
        rule.id = WindowId(madeUpId(title, static_cast<quint32>(rules.size()) + 1));
        rule.scope = titleId(title);
        rule.effect = window.deny ? rights::Effect::Deny : rights::Effect::Allow;
        rule.kind = window.deny ? rights::RestrictionKind::Blackout : rights::RestrictionKind::Takedown;
        rule.territory.include = territory(window.countries);
        rule.sites = listOf(window.sites, kWorkSites, workSite);
        rule.offers = listOf(window.offers, kWorkOffers, workOffer);
        rule.window.start = instantOf(window.start);
        if (window.end != kWorkOpen)
            rule.window.end = instantOf(window.end);
        rule.terms = {{u"payload"_s, static_cast<int>(window.payload)}};
        rules.push_back(std::move(rule));
    }
    return rules;
}

} // namespace vidimus::workbench
