#pragma once

#include <QByteArray>
#include <QString>

/// A worker that misbehaves. The test program starts itself under another name (a link in a folder), which says what it
/// does: crash, crash-once, crash-twice, no-hello, hang, deaf (hangs and hears no cancellation), flood (prints without
/// end), version, garbage, bare (no filter), early (a message out of place), wrong (an answer of another shape); with
/// any other name it answers a probe well.
namespace fakeworker {

/// The behaviour that this process was started for; empty in the test itself.
[[nodiscard]] QByteArray behaviourOf(const char* programName);
[[nodiscard]] int run(const QByteArray& behaviour, const char* programName);
/// Makes the link that starts \a behaviour; the path for WorkerOptions::executable.
[[nodiscard]] QString makeExecutable(const QString& folder, const QByteArray& behaviour);

} // namespace fakeworker
