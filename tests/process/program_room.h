#pragma once

#include "core/moderation/role.h"

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <chrono>
#include <memory>

namespace vidimus::test {

/// How a program ended and what it said.
struct Ended {
    int exitCode = -1; ///< −1: it crashed or was killed
    bool timedOut = false;
    QByteArray out;
    QByteArray err;

    /// The one object on standard output; empty when what is there is anything else.
    [[nodiscard]] QJsonObject json() const;
};

/// A process below this test's, as /proc tells it.
struct Descendant {
    qint64 id = 0;
    QString program; ///< name of its executable
};

/// A place of its own for programs under test: home, settings, run time folder, temporary files and a workspace, all
/// in one folder that goes with it. Whatever a program leaves behind is adopted by the test, so it can be counted.
/// One thread.
class ProgramRoom {
public:
    static constexpr std::chrono::seconds kPatience {120};

    ProgramRoom();
    ~ProgramRoom();

    [[nodiscard]] QString path(const QString& name = {}) const;
    [[nodiscard]] QString workspace() const { return path(QStringLiteral("workspace")); }
    void setVariable(const QString& name, const QString& value);

    /// Starts "vidimus --workspace … ARGUMENTS"; with \a json also "--json".
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList& arguments, bool json = true);
    /// The same, to its end; kills it when \a patience is over.
    Ended run(const QStringList& arguments, bool json = true, std::chrono::seconds patience = kPatience);
    /// Makes a person with these roles and a profile \a name for her, on a catalog at \a url or the workspace's own.
    void addProfile(const QString& name, const moderation::RoleSet& roles, const QString& url = {}) const;
    /// Starts the studio on the workspace, without a screen. With \a inUse somebody presses keys in its window (see
    /// tests/process/scripted_use); what it shows as saved is told on standard error.
    [[nodiscard]] std::unique_ptr<QProcess> startStudio(bool inUse);
    Ended runProgram(const QString& program, const QStringList& arguments, std::chrono::seconds patience = kPatience);

    /// Living processes of ours below this one.
    [[nodiscard]] static QList<Descendant> descendants();
    [[nodiscard]] static QList<Descendant> descendants(const QString& program);

private:
    [[nodiscard]] std::unique_ptr<QProcess> prepare(const QString& program, const QStringList& arguments) const;
    [[nodiscard]] std::unique_ptr<QProcess> prepare(
        const QString& program, const QStringList& arguments, const QProcessEnvironment& environment) const;
    static Ended finish(QProcess& process, std::chrono::seconds patience);

    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

[[nodiscard]] QString programPath(const QString& name);
/// A clip of tests/media.
[[nodiscard]] QString clipPath(const QString& name);
void writeBytes(const QString& path, const QByteArray& bytes);
[[nodiscard]] QByteArray readBytes(const QString& path);
/// Relative name → SHA-256 of each file below \a folder whose name does not begin with a dot.
[[nodiscard]] QMap<QString, QByteArray> hashesBelow(const QString& folder);
/// How often a randomised test runs: all of it with VIDIMUS_LONG=1, else a twentieth.
[[nodiscard]] int countFor(int full);
/// The seed of a randomised test: VIDIMUS_SEED, else a new one; it is printed.
[[nodiscard]] quint32 announcedSeed();

} // namespace vidimus::test
