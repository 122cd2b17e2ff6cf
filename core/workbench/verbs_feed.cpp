#include "core/workbench/availability_feed.h"
#include "core/workbench/verb_table.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

Result<VerbReply> replyOf(Result<QJsonObject> json)
{
    if (!json)
        return std::move(json).error();
    return VerbReply {ExitCode::Done, *std::move(json)};
}

} // namespace

Result<VerbReply> runAvailabilityAnnouncement(const VerbContext& context)
{
    return replyOf(availabilityAnnouncement(*context.workspace));
}

Result<VerbReply> runAvailabilityPin(const VerbContext& context)
{
    bool isNumber = false;
    const qint64 version = context.request.operands.first().toLongLong(&isNumber);
    if (!isNumber || version < 1)
        return Error {
            ErrorCode::Invalid, u"VERSION is a number, as \"availability announcement\" lists them"_s, "usage"};
    return replyOf(pinAvailability(*context.workspace, version, context.request.options.value(u"reason"_s)));
}

Result<VerbReply> runAvailabilityUnpin(const VerbContext& context)
{
    return replyOf(unpinAvailability(*context.workspace));
}

Result<VerbReply> runAvailabilityHolds(const VerbContext& context)
{
    return replyOf(availabilityHolds(*context.workspace));
}

Result<VerbReply> runAvailabilityConfirm(const VerbContext& context)
{
    return replyOf(confirmAvailabilityHold(*context.workspace, context.request.operands.first()));
}

} // namespace vidimus::workbench
