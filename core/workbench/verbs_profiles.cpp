// Check profiles of the workspace's own.
#include "core/workbench/check_profiles.h"
#include "core/workbench/verb_table.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<VerbReply> runChecksSave(const VerbContext& context)
{
    const auto profile = loadCheckProfile(context.request.operands.first());
    if (!profile)
        return profile.error();
    const QString inherits = context.request.options.value(u"inherits"_s, kDefaultCheckProfile);
    if (const auto saved = saveCheckProfile(*context.workspace, *profile, inherits); !saved)
        return saved.error();
    return VerbReply {ExitCode::Done, {{u"saved"_s, profile->id}, {u"inherits"_s, inherits}}};
}

Result<VerbReply> runChecksRemove(const VerbContext& context)
{
    const QString id = context.request.operands.first();
    if (const auto removed = removeCheckProfile(*context.workspace, id); !removed)
        return removed.error();
    return VerbReply {ExitCode::Done, {{u"removed"_s, id}}};
}

} // namespace vidimus::workbench
