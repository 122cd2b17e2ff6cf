#include "sample_world.h"

#include "core/rights/snapshot_compiler.h"

#include <QFile>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

QByteArray sampleSnapshot(int titles, quint64 version)
{
    RuleSet rules;
    for (int i = 0; i < titles; ++i) {
        Title title;
        title.id = TitleId(u"t%1"_s.arg(i));
        rules.titles.push_back(title);
        Rule rule;
        rule.id = WindowId(u"r%1"_s.arg(i));
        rule.scope = title.id;
        rule.territory.include = {u"FR"_s};
        rule.sites.names = {u"web"_s};
        rule.offers.names = {u"svod"_s};
        rule.window = {Instant {Milliseconds {i * 1000}}, Instant {Milliseconds {1'000'000}}};
        rules.rules.push_back(rule);
    }
    const auto snapshot = compile(Resolver(rules), version);
    return snapshot ? snapshot->bytes : QByteArray();
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}
