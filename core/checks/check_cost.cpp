#include "core/checks/check_cost.h"

#include "core/checks/check_descriptor.h"

#include <QJsonArray>
#include <cmath>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

QJsonArray toJson(const std::vector<CheckCost>& costs)
{
    QJsonArray array;
    for (const CheckCost& cost : costs)
        array.append(QJsonObject {{u"id"_s, cost.id}, {u"cpu_seconds"_s, cost.cpuSeconds}});
    return array;
}

Result<std::vector<CheckCost>> checkCostsFromJson(const QJsonArray& array)
{
    constexpr qsizetype kMost = 256;
    if (array.size() > kMost)
        return Error {ErrorCode::Invalid, u"the costs of %1 checks"_s.arg(array.size()), "invalid"};
    std::vector<CheckCost> costs;
    for (const auto& value : array) {
        const QJsonObject object = value.toObject();
        const CheckCost cost {object["id"_L1].toString(), object["cpu_seconds"_L1].toDouble(-1)};
        if (findDescriptor(cost.id) == nullptr || !std::isfinite(cost.cpuSeconds) || cost.cpuSeconds < 0)
            return Error {ErrorCode::Invalid, u"not the cost of a check"_s, "invalid"};
        costs.push_back(cost);
    }
    return costs;
}

} // namespace vidimus::checks
