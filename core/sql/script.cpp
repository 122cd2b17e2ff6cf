#include "core/sql/script.h"

#include <QRegularExpression>

namespace vidimus::sql {

using namespace Qt::StringLiterals;

namespace {

/// The index after the quoted text, comment or single character that starts at \a from.
qsizetype endOfToken(QStringView text, qsizetype from)
{
    const QChar first = text[from];
    const auto after = [&](qsizetype found, qsizetype length) { return found < 0 ? text.size() : found + length; };
    if (first == u'\'' || first == u'"' || first == u'`')
        return after(text.indexOf(first, from + 1), 1);
    if (text.sliced(from).startsWith(u"--"))
        return after(text.indexOf(u'\n', from), 1);
    if (text.sliced(from).startsWith(u"/*"))
        return after(text.indexOf(u"*/", from + 2), 2);
    return from + 1;
}

bool isComment(QStringView token)
{
    return token.startsWith(u"--") || token.startsWith(u"/*");
}

bool startsTrigger(const QString& bare)
{
    static const QRegularExpression pattern(
        u"^\\s*CREATE\\s+(TEMP\\s+|TEMPORARY\\s+)?TRIGGER\\b"_s, QRegularExpression::CaseInsensitiveOption);
    return pattern.match(bare).hasMatch();
}

bool endsTrigger(const QString& bare)
{
    static const QRegularExpression pattern(u";\\s*END\\s*$"_s, QRegularExpression::CaseInsensitiveOption);
    return pattern.match(bare).hasMatch();
}

} // namespace

QStringList splitStatements(QStringView script)
{
    QStringList statements;
    QString whole;
    QString bare; // the statement without its comments
    const auto flush = [&] {
        if (!bare.trimmed().isEmpty())
            statements += whole.trimmed();
        whole.clear();
        bare.clear();
    };
    for (qsizetype at = 0; at < script.size();) {
        const qsizetype end = endOfToken(script, at);
        const QStringView token = script.sliced(at, end - at);
        at = end;
        if (token == u";" && (!startsTrigger(bare) || endsTrigger(bare))) {
            flush();
            continue;
        }
        whole += token;
        bare += isComment(token) ? QStringView(u" ") : token;
    }
    flush();
    return statements;
}

} // namespace vidimus::sql
