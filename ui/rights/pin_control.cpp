#include "ui/rights/pin_control.h"

#include "core/workbench/availability_feed.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>
#include <map>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

Result<std::optional<qint64>> pinOf(const Result<QJsonObject>& reply)
{
    if (!reply)
        return reply.error();
    const QJsonObject pin = reply->value("pin"_L1).toObject();
    return pin.isEmpty() ? std::nullopt : std::optional(pin.value("version"_L1).toInteger());
}

/// The newest version kept before the one that visitors get that says something else.
Result<std::optional<qint64>> pinOneBefore(workbench::Workspace& workspace)
{
    const auto standing = workbench::availabilityAnnouncement(workspace);
    if (!standing)
        return standing.error();
    const qint64 answered = standing->value("version"_L1).toInteger();
    std::map<qint64, QString> states; // by version
    for (const QJsonValue& snapshot : standing->value("snapshots"_L1).toArray())
        states[snapshot["version"_L1].toInteger(-1)] = snapshot["state"_L1].toString();
    for (const QJsonValue& delta : standing->value("deltas"_L1).toArray()) {
        states[delta["from_version"_L1].toInteger(-1)] = delta["from_state"_L1].toString();
        states[delta["to_version"_L1].toInteger(-1)] = delta["to_state"_L1].toString();
    }
    qint64 before = -1;
    for (const auto& [version, state] : states) {
        if (version < answered && state != states[answered])
            before = std::max(before, version);
    }
    if (before < 0)
        return Error {ErrorCode::NotFound, u"no version before %1 is kept"_s.arg(answered), "no_version_before"};
    return pinOf(workbench::pinAvailability(workspace, before, u"rolled back in the studio"_s));
}

} // namespace

PinControl::PinControl(workbench::Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

void PinControl::refresh()
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return pinOf(workbench::availabilityAnnouncement(workspace)); },
        [this](const Result<std::optional<qint64>>& version) {
            if (version && *version != m_version)
                take(version);
        });
}

void PinControl::pinBefore()
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return pinOneBefore(workspace); },
        [this](const Result<std::optional<qint64>>& version) { take(version); });
}

void PinControl::unpin()
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return pinOf(workbench::unpinAvailability(workspace)); },
        [this](const Result<std::optional<qint64>>& version) { take(version); });
}

void PinControl::take(const Result<std::optional<qint64>>& version)
{
    if (!version) {
        Q_EMIT failed(version.error());
        return;
    }
    m_version = *version;
    Q_EMIT changed();
}

} // namespace vidimus::ui::rights
