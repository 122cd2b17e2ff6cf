#include "core/checks/check_descriptor.h"

#include <algorithm>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

QString checkKindName(CheckKind kind)
{
    switch (kind) {
    case CheckKind::Picture:
        return u"picture"_s;
    case CheckKind::Sound:
        return u"sound"_s;
    case CheckKind::Container:
        return u"container"_s;
    }
    Q_UNREACHABLE();
}

std::optional<double> CheckParameter::choiceNamed(QStringView name) const
{
    for (std::size_t choice = 0; choice < std::min(choiceNames.size(), choices.size()); ++choice) {
        if (name == QLatin1StringView(choiceNames[choice]))
            return choices[choice];
    }
    return std::nullopt;
}

const CheckParameter* CheckDescriptor::parameter(QStringView parameterId) const
{
    for (const CheckParameter& candidate : parameters) {
        if (parameterId == QLatin1StringView(candidate.id))
            return &candidate;
    }
    return nullptr;
}

const CheckDescriptor* findDescriptor(QStringView id)
{
    for (const CheckDescriptor& descriptor : checkDescriptors()) {
        if (id == QLatin1StringView(descriptor.id))
            return &descriptor;
    }
    return nullptr;
}

} // namespace vidimus::checks
