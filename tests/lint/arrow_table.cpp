#include "lint/arrow_table.h"

#include <QFile>
#include <QRegularExpression>

namespace vidimus::lint {

using namespace Qt::StringLiterals;

QHash<QString, QStringList> readArrowTable(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString text = QString::fromUtf8(file.readAll());
    text.remove(QRegularExpression(u"#[^\n]*"_s));
    static const QRegularExpression pattern(u"set\\((\\w+)([^)]*)\\)"_s);
    static const QRegularExpression spaces(u"[\\s\"]+"_s);
    QHash<QString, QStringList> variables;
    QHash<QString, QStringList> table;
    for (const auto& match : pattern.globalMatch(text)) {
        QStringList values;
        for (const QString& word : match.captured(2).split(spaces, Qt::SkipEmptyParts)) {
            if (word.startsWith(u"${"))
                values += variables.value(word.mid(2).chopped(1));
            else
                values.append(word);
        }
        variables.insert(match.captured(1), values);
        if (match.captured(1).startsWith(u"VIDIMUS_ARROWS_"))
            table.insert(match.captured(1).mid(15), values);
    }
    return table;
}

QString moduleOf(const QString& relativePath)
{
    const QStringList parts = relativePath.split(u'/');
    if (parts.size() < 3)
        return {};
    if (parts[0] == u"core")
        return parts.size() > 3 && parts[2] == u"engine" ? parts[1] + u"_engine"_s : parts[1];
    if (parts[0] == u"ui" || parts[0] == u"app")
        return parts[0] + u'_' + parts[1];
    return {};
}

} // namespace vidimus::lint
