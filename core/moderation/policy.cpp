#include "core/moderation/policy.h"

namespace vidimus::moderation {

namespace {

const Reason* findIn(const std::vector<Reason>& reasons, QStringView id)
{
    for (const Reason& reason : reasons) {
        if (reason.id == id)
            return &reason;
        if (const Reason* const found = findIn(reason.children, id))
            return found;
    }
    return nullptr;
}

} // namespace

const Reason* Policy::find(QStringView reasonId) const
{
    return findIn(reasons, reasonId);
}

const Reason* Policy::byDigits(QStringView digits) const
{
    const std::vector<Reason>* level = &reasons;
    const Reason* found = nullptr;
    for (const QChar digit : digits) {
        found = nullptr;
        for (const Reason& reason : *level) {
            if (QChar(u'0' + reason.digit) == digit)
                found = &reason;
        }
        if (!found)
            return nullptr;
        level = &found->children;
    }
    return found;
}

} // namespace vidimus::moderation
