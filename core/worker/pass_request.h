#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <chrono>
#include <optional>

namespace vidimus::worker {

/// What a stopped pass left behind, opaque to all but the worker; both empty: nothing. A state of both sinks is needed
/// where both run.
struct PassState {
    QByteArray checks;
    QByteArray fingerprint;

    friend bool operator==(const PassState&, const PassState&) = default;
};

/// Which sink a Checkpoint message is of: the first byte of its payload.
enum class CheckpointPart : std::uint8_t { Checks = 0, Fingerprint = 1 };

/// The payload of Check and CheckAndFingerprint.
struct PassRequest {
    QJsonObject profile; ///< a checks::Profile
    std::optional<std::chrono::milliseconds> interval; ///< between states; none: no states are wanted
    PassState state; ///< to go on from
    /// The worker may ask once for a file (OutputRequest) and put away there what it gathers; a state needs it again.
    bool offersScratch = false;
};

[[nodiscard]] QJsonObject toJson(const PassRequest& request);
/// Errors: Invalid.
[[nodiscard]] Result<PassRequest> passRequestFromJson(const QJsonObject& object);

/// Keeps the states of passes over one file by one profile. One thread.
class PassKeeper {
public:
    PassKeeper() = default;
    PassKeeper(const PassKeeper&) = delete;
    PassKeeper& operator=(const PassKeeper&) = delete;
    virtual ~PassKeeper() = default;

    [[nodiscard]] virtual std::chrono::milliseconds interval() const = 0;
    /// The last state; empty when there is none.
    [[nodiscard]] virtual PassState load() = 0;
    /// A file for what a pass of hours gathers, open for reading and writing; the keeper's. \a keep: the state that was
    /// loaded needs what stands in it; else it is empty. -1: there is none, the worker keeps all in memory.
    [[nodiscard]] virtual int scratch(bool keep) = 0;
    /// Replaces it. What cannot be kept only costs time later, so errors end here.
    virtual void save(const PassState& state) = 0;
    /// The pass is over.
    virtual void clear() = 0;
};

} // namespace vidimus::worker
