#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>

namespace vidimus::workbench {

/// Exit codes of the command line; a contract.
enum class ExitCode {
    Done = 0,
    AnswerIsNo = 1,
    Usage = 2,
    Denied = 3,
    Conflict = 4,
    QueuedOffline = 5,
    BadInput = 6,
    MissingPart = 7,
    Internal = 70,
};

/// One verb with its operands and options, as the command line, the local socket and the studio give it. Paths are
/// absolute.
struct VerbRequest {
    QString verb; ///< a name of the action registry: "rights explain"
    QStringList operands;
    QHash<QString, QString> options; ///< without dashes; a flag's value is empty
    QString profile; ///< who must do it, on which catalog; empty: whoever works in the workspace

    [[nodiscard]] bool has(const QString& option) const { return options.contains(option); }
};

/// What a verb answers: the object that --json prints, and the exit code. On an error \a json holds the member "error".
struct VerbReply {
    ExitCode exitCode = ExitCode::Done;
    QJsonObject json;
    std::shared_ptr<void>
        hold; ///< what must live until the command is interrupted (a catalog that serves); usually null
    std::shared_ptr<void> rest; ///< what goes on for others after the answer, and ends in its destructor; usually null
};

/// What a verb says while it works: progress in 0..1 (negative: unknown) and a line for people.
using VerbNotes = std::function<void(double share, const QString& line)>;

[[nodiscard]] ExitCode exitCodeFor(ErrorCode code);
/// A reply that carries \a error, with its exit code and "schema".
[[nodiscard]] VerbReply failedReply(const QString& verb, const Error& error);
/// "vidimus.<verb>/1", the verb's spaces made dots.
[[nodiscard]] QString schemaOf(const QString& verb);

[[nodiscard]] QJsonObject toJson(const VerbRequest& request);
/// Strict: it comes over a socket. Errors: Invalid.
[[nodiscard]] Result<VerbRequest> verbRequestFromJson(const QJsonObject& object);

} // namespace vidimus::workbench
