#include "core/checks/check_descriptor.h"

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
