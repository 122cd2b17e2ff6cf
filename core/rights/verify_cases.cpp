#include "core/rights/verify_cases.h"

#include "core/base/json.h"
#include "core/rights/conflicts.h"
#include "core/rights/effect.h"
#include "core/rights/json_fields_p.h"
#include "core/rights/rule_set_json.h"
#include "core/rights/time_import.h"

#include <algorithm>
#include <array>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

QJsonValue problem(const Error& error)
{
    return QJsonObject {{u"error"_s, error.detail}};
}

/// The file's context and deals with those of one case laid over them.
Result<RuleSet> worldOf(const QJsonObject& file, const QJsonObject& test, const QJsonValue& rules)
{
    RuleSet world;
    QJsonObject context = file.value("context"_L1).toObject();
    const QJsonObject own = test.value("context"_L1).toObject();
    for (auto it = own.begin(); it != own.end(); ++it)
        context.insert(it.key(), it.value());
    QJsonObject dealsJson = file.value("deals"_L1).toObject();
    const QJsonObject ownDeals = test.value("deals"_L1).toObject();
    for (auto it = ownDeals.begin(); it != ownDeals.end(); ++it)
        dealsJson.insert(it.key(), it.value());
    if (auto read = readContext(context, world); !read)
        return std::move(read).error();
    auto deals = dealsFromJson(dealsJson, u"deals"_s);
    if (!deals)
        return std::move(deals).error();
    auto list = rulesFromJson(rules.toArray(), u"rules"_s);
    if (!list)
        return std::move(list).error();
    world.deals = std::move(*deals);
    world.rules = std::move(*list);
    return world;
}

/// The members of \a actual that \a expected names, to compare what the case asks for.
QJsonObject restrictedTo(const QJsonObject& actual, const QJsonObject& expected)
{
    QJsonObject kept;
    for (auto it = expected.begin(); it != expected.end(); ++it)
        kept.insert(it.key(), actual.value(it.key()));
    return kept;
}

class Runner {
public:
    explicit Runner(const QJsonObject& file)
        : m_file(file)
    {
    }

    CaseReport run()
    {
        each("availability"_L1, [this](const QJsonObject& test) { return availability(test); });
        each("time"_L1, [this](const QJsonObject& test) { return time(test); });
        each("conflicts"_L1, [this](const QJsonObject& test) { return conflicts(test); });
        each("diffs"_L1, [this](const QJsonObject& test) { return diff(test); });
        return std::move(m_report);
    }

private:
    /// \a run gives nothing when the case passes, else what was found instead.
    template<class Run>
    void each(QLatin1StringView section, Run run)
    {
        const QJsonArray tests = m_file.value(section).toArray();
        for (const QJsonValue& value : tests) {
            const QJsonObject test = value.toObject();
            if (const std::optional<QJsonValue> actual = run(test))
                m_report.failures.push_back({test.value("id"_L1).toString(), test.value("expected"_L1), *actual});
            else
                ++m_report.passed;
        }
    }

    [[nodiscard]] std::optional<QJsonValue> availability(const QJsonObject& test) const
    {
        const auto world = worldOf(m_file, test, test.value("rules"_L1));
        if (!world)
            return problem(world.error());
        const auto query = queryFromJson(test.value("query"_L1).toObject(), u"query"_s);
        if (!query)
            return problem(query.error());
        const QJsonObject expected = test.value("expected"_L1).toObject();
        const QJsonObject actual = restrictedTo(toJson(Resolver(*world).resolve(*query)), expected);
        if (expected.isEmpty() || actual != expected)
            return actual;
        return std::nullopt;
    }

    [[nodiscard]] static std::optional<QJsonValue> time(const QJsonObject& test)
    {
        const QString columnName = test.value("column"_L1).toString();
        const TimeColumn column
            = columnName.startsWith("End"_L1, Qt::CaseInsensitive) ? TimeColumn::End : TimeColumn::Start;
        const auto profile = timeProfileFromJson(test.value("profile"_L1).toObject(), u"profile"_s);
        if (!profile)
            return problem(profile.error());
        const auto read = importTime(test.value("value"_L1), column, *profile);
        QJsonValue actual;
        QString warning;
        if (!read) {
            actual = u"ERROR:"_s + QString::fromLatin1(read.error().reason);
        } else {
            actual = read->condition.isEmpty() ? fields::toValue(read->instant) : QJsonValue(read->condition);
            warning = read->warning;
        }
        if (actual == test.value("expected"_L1) && sameWarning(test.value("warning"_L1).toString(), warning))
            return std::nullopt;
        return QJsonObject {{u"expected"_s, actual}, {u"warning"_s, warning}};
    }

    static bool sameWarning(const QString& expected, const QString& actual)
    {
        constexpr std::array kOurs {"LOCAL_TIME_TWICE"_L1, "LOCAL_TIME_SKIPPED"_L1, "END_OF_DAY_ROUNDED"_L1};
        if (std::find(kOurs.begin(), kOurs.end(), expected) == kOurs.end())
            return expected.isEmpty() == actual.isEmpty();
        return expected == actual;
    }

    [[nodiscard]] std::optional<QJsonValue> conflicts(const QJsonObject& test) const
    {
        const auto world = worldOf(m_file, test, test.value("rules"_L1));
        if (!world)
            return problem(world.error());
        QJsonArray actual;
        const Conflicts found = findConflicts(*world);
        for (const Conflict& conflict : found.list)
            actual.append(toJson(conflict));
        return sameConflicts(test.value("expected"_L1).toArray(), actual) ? std::nullopt
                                                                          : std::optional<QJsonValue>(actual);
    }

    /// In any order, each expected one once, on the members it gives; the order of names inside does not matter.
    static bool sameConflicts(const QJsonArray& expected, QJsonArray actual)
    {
        const auto sorted = [](QJsonObject conflict) {
            for (const QString& name : {u"rules"_s, u"territory"_s}) {
                if (!conflict.value(name).isArray())
                    continue;
                QStringList texts = conflict.value(name).toVariant().toStringList();
                texts.sort();
                conflict.insert(name, QJsonArray::fromStringList(texts));
            }
            return conflict;
        };
        if (expected.size() != actual.size())
            return false;
        for (const QJsonValue& value : expected) {
            const QJsonObject wanted = sorted(value.toObject());
            const auto match = std::find_if(actual.begin(), actual.end(), [&](const QJsonValueRef& candidate) {
                return restrictedTo(sorted(candidate.toObject()), wanted) == wanted;
            });
            if (wanted.isEmpty() || match == actual.end())
                return false;
            actual.erase(match);
        }
        return true;
    }

    [[nodiscard]] std::optional<QJsonValue> diff(const QJsonObject& test) const
    {
        const auto before = worldOf(m_file, test, test.value("before"_L1));
        const auto after = worldOf(m_file, test, test.value("after"_L1));
        if (!before || !after)
            return problem(before ? after.error() : before.error());
        Universe universe;
        const QJsonObject json = test.value("universe"_L1).toObject();
        JsonReader reader(json, u"universe"_s);
        universe.countries = fields::strings(reader, "countries"_L1);
        universe.sites = fields::strings(reader, "sites"_L1);
        universe.offers = fields::strings(reader, "offers"_L1);
        for (const QString& text : fields::strings(reader, "instants"_L1)) {
            const auto at = parseRfc3339(text);
            if (!at)
                return problem(at.error());
            universe.instants.push_back(*at);
        }
        if (const auto read = reader.finish(); !read)
            return problem(read.error());
        const CellChanges changes = compareAnswers(
            Resolver(*before), Resolver(*after), {TitleId(test.value("title"_L1).toString())}, universe);
        const QJsonObject expected = test.value("expected"_L1).toObject();
        const QJsonObject actual {{u"gained"_s, cells(changes.gained)}, {u"lost"_s, cells(changes.lost)}};
        if (sameCells(expected.value("gained"_L1), actual.value("gained"_L1))
            && sameCells(expected.value("lost"_L1), actual.value("lost"_L1)))
            return std::nullopt;
        return actual;
    }

    static QJsonArray cells(const std::vector<Cell>& list)
    {
        QJsonArray array;
        for (const Cell& cell : list)
            array.append(QJsonArray {cell.country, cell.site, cell.offer, toRfc3339(cell.at)});
        return array;
    }

    static bool sameCells(const QJsonValue& expected, const QJsonValue& actual)
    {
        const auto texts = [](const QJsonValue& value) {
            QStringList lines;
            const QJsonArray array = value.toArray();
            for (const QJsonValue& cell : array)
                lines.append(cell.toVariant().toStringList().join(u'\n'));
            lines.sort();
            return lines;
        };
        return expected.isArray() && texts(expected) == texts(actual);
    }

    QJsonObject m_file;
    CaseReport m_report;
};

} // namespace

Result<CaseReport> verifyCases(const QJsonObject& cases)
{
    qsizetype count = 0;
    for (const auto section : {"availability"_L1, "time"_L1, "conflicts"_L1, "diffs"_L1}) {
        const QJsonValue value = cases.value(section);
        if (!value.isUndefined() && !value.isArray())
            return Error {ErrorCode::Invalid, u"%1: must be a list of cases"_s.arg(section), "bad_field"};
        count += value.toArray().size();
    }
    if (count == 0)
        return Error {ErrorCode::Invalid,
            u"the file holds no cases; it needs a list \"availability\", \"time\", \"conflicts\" or \"diffs\""_s,
            "no_cases"};
    return Runner(cases).run();
}

QJsonObject toJson(const CaseReport& report)
{
    QJsonArray failures;
    for (const CaseFailure& failure : report.failures) {
        failures.append(
            QJsonObject {{u"id"_s, failure.id}, {u"expected"_s, failure.expected}, {u"actual"_s, failure.actual}});
    }
    return {{u"passed"_s, report.passed}, {u"failed"_s, static_cast<int>(report.failures.size())},
        {u"failures"_s, failures}};
}

} // namespace vidimus::rights
