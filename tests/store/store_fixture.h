#pragma once

#include "core/store/workspace_store.h"

#include <QTemporaryDir>

namespace vidimus::store::testing {

/// A clock that a test sets.
class ManualClock : public Clock {
public:
    [[nodiscard]] Instant now() const override { return Instant(Milliseconds(m_now.load())); }
    void advance(Milliseconds by) { m_now += by.count(); }

private:
    std::atomic<qint64> m_now {1'790'000'000'000};
};

/// The result's value, or the end of the program with the error's text: for what a test takes for granted.
template<class T>
T must(Result<T> result)
{
    if (!result)
        qFatal("%s: %s", result.error().reason.constData(), qPrintable(result.error().detail));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

std::unique_ptr<WorkspaceStore> openStore(
    const QString& folder, std::shared_ptr<const Clock> clock = nullptr, qint64 reserveBytes = 1 << 16);

Asset someAsset(int number);
moderation::Decision someDecision(const Asset& asset, const QString& id);
/// A decision as the workbench writes one: its row, an outbox operation and an audit entry, in one transaction.
Result<void> decide(WorkspaceStore& store, const Asset& asset, const QString& id);
/// Adds assets 0…count-1 in one transaction.
void addAssets(WorkspaceStore& store, int count);

/// Everything that was stored, as text, to compare two states.
QByteArray dump(const QString& databasePath);

} // namespace vidimus::store::testing
