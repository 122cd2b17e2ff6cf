#include "core/sql/migration_step.h"

#include "core/base/sha256.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace vidimus::sql {

using namespace Qt::StringLiterals;

namespace {

Error stepError(const QString& name, const QString& what)
{
    return {ErrorCode::Invalid, u"migration %1: %2"_s.arg(name, what), "bad_migration"};
}

Result<MigrationStep> readStep(const QString& path, const QString& fileName, const MigrationStep& previous)
{
    static const QRegularExpression namePattern(u"^(\\d{3})_[a-z0-9_]+\\.sql$"_s);
    static const QRegularExpression headerPattern(u"^-- compatible-from: (\\d{1,3})$"_s);
    const auto nameMatch = namePattern.match(fileName);
    if (!nameMatch.hasMatch())
        return stepError(fileName, u"the name is not NNN_what.sql"_s);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return stepError(fileName, file.errorString());
    const QByteArray bytes = file.readAll();
    MigrationStep step {.version = nameMatch.captured(1).toInt(),
        .compatibleFrom = 0,
        .name = fileName.chopped(4),
        .sql = QString::fromUtf8(bytes),
        .sha256 = sha256Hex(bytes)};
    const auto headerMatch = headerPattern.match(step.sql.section(u'\n', 0, 0).trimmed());
    if (!headerMatch.hasMatch())
        return stepError(fileName, u"the first line is not \"-- compatible-from: M\""_s);
    step.compatibleFrom = headerMatch.captured(1).toInt();
    if (step.version != previous.version + 1)
        return stepError(fileName, u"a step is missing before it"_s);
    if (step.compatibleFrom < std::max(1, previous.compatibleFrom) || step.compatibleFrom > step.version)
        return stepError(fileName, u"compatible-from is out of range"_s);
    return step;
}

} // namespace

Result<std::vector<MigrationStep>> loadMigrationSteps(const QString& folder)
{
    const QDir dir(folder);
    std::vector<MigrationStep> steps;
    MigrationStep previous;
    const QStringList names = dir.entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    for (const QString& name : names) {
        auto step = readStep(dir.filePath(name), name, previous);
        if (!step)
            return std::move(step).error();
        previous = *step;
        steps.push_back(std::move(*step));
    }
    if (steps.empty())
        return stepError(folder, u"there are no steps"_s);
    return steps;
}

} // namespace vidimus::sql
