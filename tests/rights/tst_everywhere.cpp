#include "core/rights/everywhere.h"
#include "core/rights/territory.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus::rights;

/// When a list of countries is better said by what it leaves out.
class EverywhereTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatALongListLeavesOut();
    void manyExceptionsAreNotSaid();
    void onlyWholeCountriesCount();
};

namespace {

QStringList world()
{
    QStringList names;
    for (std::size_t country = 0; country < assignedCountries().size(); ++country) {
        if (assignedCountries().test(country))
            names.append(atomToText(static_cast<TerritoryAtom>(country) << 16));
    }
    return names;
}

} // namespace

void EverywhereTest::saysWhatALongListLeavesOut()
{
    QStringList list = world();
    QVERIFY(list.size() > 240 && list.contains(u"FR"_s));
    QCOMPARE(leftOutOf(list), QStringList());
    list.removeOne(u"RU"_s);
    list.removeOne(u"BY"_s);
    QCOMPARE(leftOutOf(list), (QStringList {u"BY"_s, u"RU"_s}));
}

void EverywhereTest::manyExceptionsAreNotSaid()
{
    QVERIFY(!leftOutOf({u"FR"_s, u"DE"_s}));
    QVERIFY(!leftOutOf({}));
    QCOMPARE(leftOutOf(world().mid(kMostExceptions))->size(), kMostExceptions);
    QVERIFY(!leftOutOf(world().mid(kMostExceptions + 1)));
}

void EverywhereTest::onlyWholeCountriesCount()
{
    QVERIFY(!leftOutOf(world() + QStringList {u"CA-QC"_s})); // Quebec apart says that it is not like the rest
    QVERIFY(!leftOutOf(world() + QStringList {u"XX"_s}));
    QVERIFY(!leftOutOf(world() + QStringList {u"nowhere"_s}));
}

QTEST_GUILESS_MAIN(EverywhereTest)
#include "tst_everywhere.moc"
