#include "open_new.h"

using namespace Qt::StringLiterals;
using namespace vidimus::sql;

Connection openNew(const QTemporaryDir& dir, const QString& script)
{
    auto opened = Connection::openSqlite({.path = dir.filePath(u"a.db"_s)});
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    if (const auto made = opened->runScript(script); !made)
        qFatal("%s", qPrintable(made.error().detail));
    return std::move(*opened);
}

Connection openReader(const Connection& writer)
{
    auto opened = Connection::openSqlite({.path = writer.path(), .access = Access::ReadOnly});
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    return std::move(*opened);
}
