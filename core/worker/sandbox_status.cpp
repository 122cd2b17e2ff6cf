#include "core/worker/sandbox_status.h"

#include "core/base/json.h"

namespace vidimus::worker {

using namespace Qt::StringLiterals;

QString SandboxStatus::rung() const
{
    QString text = seccomp ? u"seccomp+rlimits"_s : u"none"_s;
    if (landlock)
        text += "+landlock"_L1;
    if (bubblewrap)
        text += "+bubblewrap"_L1;
    return text;
}

QJsonObject toJson(const SandboxStatus& status)
{
    return QJsonObject {{u"seccomp"_s, status.seccomp}, {u"landlock"_s, status.landlock},
        {u"landlock_abi"_s, status.landlockAbi}, {u"landlock_absence"_s, status.landlockAbsence}};
}

Result<SandboxStatus> sandboxStatusFromJson(const QJsonObject& object)
{
    constexpr qsizetype kMaxTextCharacters = 300;
    JsonReader reader(object);
    SandboxStatus status;
    status.seccomp = reader.boolean("seccomp"_L1, false);
    status.landlock = reader.boolean("landlock"_L1, false);
    const qint64 abi = reader.integer("landlock_abi"_L1);
    if (abi < 0 || abi > 1000)
        reader.fail("landlock_abi"_L1, u"is out of range"_s);
    status.landlockAbi = static_cast<int>(abi);
    status.landlockAbsence = reader.string("landlock_absence"_L1).left(kMaxTextCharacters);
    if (const auto done = reader.finish(); !done)
        return done.error();
    return status;
}

} // namespace vidimus::worker
