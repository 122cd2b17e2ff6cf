#include "core/actions/action.h"
#include "core/actions/verb.h"

#include <QMap>
#include <QSet>
#include <QTest>

using namespace vidimus::actions;
using namespace Qt::StringLiterals;

class TestRegistry : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void idsAreUnique();
    void oneKeyDoesOneThingInOneMode();
    void actionsNameVerbsThatExist();
    void everyVerbIsExplained();
    void textsNameEveryVerb();
};

void TestRegistry::idsAreUnique()
{
    QSet<QString> ids;
    for (const Action& action : allActions()) {
        QVERIFY2(!ids.contains(QString(action.id)), action.id.data());
        ids.insert(QString(action.id));
        QCOMPARE(findAction(action.id), &action);
        QVERIFY(action.text && *action.text && action.help && *action.help);
    }
    QVERIFY(!findAction("no.such"_L1));
}

void TestRegistry::oneKeyDoesOneThingInOneMode()
{
    // The same key may stand for two things only in pages that are never open together (rights and publishing, jobs).
    QMap<QString, QString> taken;
    for (const Action& action : allActions()) {
        const QStringList keys = QString(action.key.sequence).split(u' ', Qt::SkipEmptyParts);
        for (const QString& key : keys) {
            const QString page = action.key.mode == KeyMode::List ? QString(action.id).section(u'.', 0, 0) : QString();
            const QString place = u"%1/%2/%3"_s.arg(static_cast<int>(action.key.mode)).arg(page, key);
            QVERIFY2(!taken.contains(place), qPrintable(u"%1: %2 and %3"_s.arg(key, taken.value(place), action.id)));
            taken.insert(place, QString(action.id));
        }
    }
    QVERIFY(taken.size() > 50);
}

void TestRegistry::actionsNameVerbsThatExist()
{
    for (const Action& action : allActions()) {
        if (action.verb.isEmpty())
            continue;
        const bool known = std::ranges::any_of(
            allVerbs(), [&](const Verb& verb) { return QString(verb.name).section(u' ', 0, 0) == action.verb; });
        QVERIFY2(known, action.id.data());
    }
}

void TestRegistry::everyVerbIsExplained()
{
    for (const Verb& verb : allVerbs()) {
        QCOMPARE(findVerb(QString(verb.name)), &verb);
        QVERIFY(verb.summary && *verb.summary && !verb.json.isEmpty());
        QVERIFY(verb.maxOperands == -1 || verb.maxOperands >= verb.minOperands);
        QVERIFY(verb.operands.isEmpty() == (verb.maxOperands == 0));
        const QString help = helpText(verb);
        for (const Option& option : verb.options)
            QVERIFY(help.contains(u"--"_s + option.name));
    }
    QVERIFY(!findVerb(u"rights"));
}

void TestRegistry::textsNameEveryVerb()
{
    const QString help = helpText();
    const QString man = manPage(u"1"_s);
    for (const Verb& verb : allVerbs()) {
        const QString first = QString(verb.name).section(u' ', 0, 0);
        QVERIFY(help.contains(verb.name));
        QVERIFY(man.contains(first));
        for (const Shell shell : {Shell::Bash, Shell::Zsh, Shell::Fish})
            QVERIFY(completionScript(shell).contains(first));
    }
    QVERIFY(!man.contains(u"\n--"_s));
}

QTEST_GUILESS_MAIN(TestRegistry)
#include "tst_registry.moc"
