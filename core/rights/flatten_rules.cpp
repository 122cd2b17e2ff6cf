#include "core/rights/flatten_rules.h"

#include "core/rights/compiled_rules_p.h"

#include <algorithm>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kNotYet = -1;

/// Rows of names as the image numbers them.
struct NameColumns {
    std::vector<std::uint32_t> indexOf; ///< in the rules' sets, of each name of the image; 0: not named there
    std::vector<std::uint32_t> unknown; ///< names of the rules that the image does not have
    qsizetype bytes = 0;
    bool others = true; ///< the bit of all other names counts

    NameColumns(const QStringList& names, const std::vector<QString>& ruleNames,
        const QHash<QString, std::uint32_t>& index, bool countOthers)
        : bytes((names.size() / 64 + 1) * 8)
        , others(countOthers)
    {
        for (const QString& name : names)
            indexOf.push_back(index.value(name, 0));
        for (std::uint32_t i = 1; i <= ruleNames.size(); ++i) {
            if (!names.contains(ruleNames[i - 1]))
                unknown.push_back(i);
        }
    }

    [[nodiscard]] Result<QByteArray> row(const NameSet& set) const
    {
        for (const std::uint32_t name : unknown) {
            if (others && set.contains(name) != set.contains(0)) {
                return Error {ErrorCode::Unsupported,
                    u"a rule names a site or offer that the snapshot does not know; compile a new one"_s,
                    "needs_snapshot"};
            }
        }
        QByteArray bits(bytes, 0);
        const auto add
            = [&bits](std::size_t bit) { bits[static_cast<qsizetype>(bit / 8)] |= static_cast<char>(1 << bit % 8); };
        if (others && set.contains(0))
            add(0);
        for (std::size_t i = 0; i < indexOf.size(); ++i) {
            if (set.contains(indexOf[i]))
                add(i + 1);
        }
        return bits;
    }
};

class Flattening {
public:
    Flattening(AvailabilityImage& image, const CompiledRules& rules)
        : m_image(image)
        , m_rules(rules)
        , m_sites(image.basis().sites, rules.sites, rules.siteIndex, image.basis().partition.isEmpty())
        , m_offers(image.basis().offers, rules.offers, rules.offerIndex, true)
        , m_territoryOf(rules.territories.size(), kNotYet)
        , m_siteSetOf(rules.siteSets.size(), kNotYet)
        , m_offerSetOf(rules.offerSets.size(), kNotYet)
    {
    }

    /// \a chosen: null for all.
    Result<void> run(const CancelToken& cancel, const QSet<QString>* chosen = nullptr)
    {
        for (std::size_t i = 0; i < m_rules.titles.size(); ++i)
            m_imageTitles.push_back(m_image.title(idOf(static_cast<int>(i))));
        for (std::size_t i = 0; i < m_rules.titles.size(); ++i) {
            if ((i & 0xFFF) == 0 && cancel.isCanceled())
                return Error {ErrorCode::Canceled, u"compiling was cancelled"_s, {}};
            if (chosen && !chosen->contains(m_rules.titleOf(static_cast<int>(i)).id.toString()))
                continue;
            auto content = flatten(static_cast<int>(i));
            if (!content)
                return std::move(content).error();
            m_image.set(m_imageTitles[i], std::move(*content));
        }
        return {};
    }

private:
    [[nodiscard]] QByteArray idOf(int title) const { return m_rules.titleOf(title).id.toString().toUtf8(); }

    [[nodiscard]] bool canMatch(const CompiledRule& rule) const
    {
        return rule.inForce && !rule.isEmpty() && !m_rules.territories[rule.territory].isEmpty()
            && !m_rules.siteSets[rule.sites].isEmpty() && !m_rules.offerSets[rule.offers].isEmpty()
            && (m_rules.ruleOf(rule).effect == Effect::Allow || rule.hard);
    }

    /// Index in the image, looked up once.
    template<class Make>
    Result<std::uint32_t> cached(std::vector<qint64>& cache, std::uint32_t index, Make make)
    {
        if (cache[index] == kNotYet) {
            const Result<std::uint32_t> made = make();
            if (!made)
                return made.error();
            cache[index] = *made;
        }
        return static_cast<std::uint32_t>(cache[index]);
    }

    Result<ImageWindow> windowOf(const CompiledRule& rule, bool deny)
    {
        const auto territory = cached(
            m_territoryOf, rule.territory, [&] { return m_image.territory(m_rules.territories[rule.territory]); });
        const auto sites = cached(m_siteSetOf, rule.sites, [&]() -> Result<std::uint32_t> {
            const auto row = m_sites.row(m_rules.siteSets[rule.sites]);
            return row ? Result<std::uint32_t>(m_image.siteSet(*row)) : row.error();
        });
        const auto offers = cached(m_offerSetOf, rule.offers, [&]() -> Result<std::uint32_t> {
            const auto row = m_offers.row(m_rules.offerSets[rule.offers]);
            return row ? Result<std::uint32_t>(m_image.offerSet(*row)) : row.error();
        });
        if (!territory || !sites || !offers)
            return !territory ? territory.error() : !sites ? sites.error() : offers.error();
        return ImageWindow {.territory = *territory,
            .sites = *sites,
            .offers = *offers,
            .start = rule.start == kAlways ? 0 : m_image.date(rule.start),
            .end = rule.end == kOpen ? 1 : m_image.date(rule.end),
            .term = deny ? 0 : m_image.term(m_rules.ruleOf(rule).id.toString().toUtf8()),
            .deny = deny};
    }

    Result<ImageTitle> flatten(int index)
    {
        const CompiledTitle& title = m_rules.titles[static_cast<std::size_t>(index)];
        std::vector<const CompiledRule*> denies, allows;
        const auto take = [this](std::vector<const CompiledRule*>& into) {
            return [this, &into](const CompiledRule& rule, bool self) {
                if (canMatch(rule) && CompiledRules::appliesAt(rule, self))
                    into.push_back(&rule);
            };
        };
        if (!title.container)
            m_rules.forEachAllow(index, take(allows));
        if (title.container || !allows.empty())
            m_rules.forEachDeny(index, take(denies));
        std::sort(allows.begin(), allows.end(),
            [](const CompiledRule* a, const CompiledRule* b) { return CompiledRules::hasBetterTerms(*a, *b); });
        ImageTitle content {.container = title.container, .gone = false, .windows = {}, .members = {}};
        for (const auto* list : {&denies, &allows}) {
            for (const CompiledRule* rule : *list) {
                const auto window = windowOf(*rule, list == &denies);
                if (!window)
                    return window.error();
                if (!isNowhere(*window))
                    content.windows.push_back(*window);
            }
        }
        for (int below = 1; title.container && below <= title.below; ++below) {
            const auto at = static_cast<std::size_t>(index + below);
            if (!m_rules.titles[at].container)
                content.members.push_back(m_imageTitles[at]);
        }
        std::ranges::sort(content.members);
        return content;
    }

    /// A partition leaves out what speaks of other sites.
    [[nodiscard]] bool isNowhere(const ImageWindow& window) const
    {
        return std::ranges::all_of(m_image.siteSets()[window.sites], [](char byte) { return byte == 0; });
    }

    AvailabilityImage& m_image;
    const CompiledRules& m_rules;
    NameColumns m_sites, m_offers;
    std::vector<qint64> m_territoryOf, m_siteSetOf, m_offerSetOf;
    std::vector<std::uint32_t> m_imageTitles;
};

} // namespace

ImageBasis basisOf(const Resolver& resolver, const QString& partition)
{
    const CompiledRules& rules = resolver.compiled();
    ImageBasis basis;
    basis.partition = partition;
    basis.question = resolver.question();
    if (partition.isEmpty())
        basis.sites = QStringList(rules.sites.begin(), rules.sites.end());
    else
        basis.sites = {partition};
    basis.offers = QStringList(rules.offers.begin(), rules.offers.end());
    std::bitset<kCountryCodes> apart = assignedCountries();
    apart.set(kUnresolvedCountry);
    std::bitset<kCountryCodes> others; // codes that no country has: apart only where a rule names one of them
    for (const TerritorySet& set : rules.territories) {
        const auto strange = set.countries() & ~apart;
        if ((set.countries() | apart).all())
            continue;
        others |= strange;
    }
    apart |= others;
    for (int code = 0; code < kCountryCodes; ++code) {
        if (apart.test(static_cast<std::size_t>(code)))
            basis.countries.push_back(code);
    }
    return basis;
}

Result<void> flattenInto(AvailabilityImage& image, const Resolver& resolver, const CancelToken& cancel)
{
    return Flattening(image, resolver.compiled()).run(cancel);
}

Result<void> flattenSome(AvailabilityImage& image, const Resolver& resolver, const QSet<QString>& chosen)
{
    for (const QString& id : chosen) {
        const auto title = image.findTitle(id.toUtf8());
        if (title && !resolver.hasTitle(TitleId(id)))
            image.set(*title, {.container = false, .gone = true, .windows = {}, .members = {}});
    }
    return Flattening(image, resolver.compiled()).run({}, &chosen);
}

Result<void> flattenAll(AvailabilityImage& image, const Resolver& resolver, const CancelToken& cancel)
{
    for (std::uint32_t title = 0; title < image.ids().size(); ++title) {
        if (!resolver.hasTitle(TitleId(QString::fromUtf8(image.ids()[title]))))
            image.set(title, {.container = false, .gone = true, .windows = {}, .members = {}});
    }
    return flattenInto(image, resolver, cancel);
}

} // namespace vidimus::rights
