#include "kept_promises.h"

#include "core/catalog/curl_transport.h"
#include "core/catalog/embedded_catalog.h"
#include "core/store/workspace_store.h"

#include <QJsonArray>
#include <QTest>

namespace vidimus::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int kEndPatience = 5000; // milliseconds
constexpr Milliseconds kCheckPatience {60'000};

Result<std::unique_ptr<store::WorkspaceStore>> openStore(const ProgramRoom& room)
{
    return store::WorkspaceStore::open({.folder = room.workspace()});
}

} // namespace

QByteArray variant(int number)
{
    return readBytes(clipPath(u"talking_head_mono.mp4"_s))
        + QByteArray("\0\0\0\x10"
                     "free",
            8)
        + QByteArray::number(number).rightJustified(8, '0');
}

QList<LoadedAsset> ingestVariants(ProgramRoom& room, int first, int count)
{
    QStringList words {u"ingest"_s};
    for (int number = first; number < first + count; ++number) {
        words.append(u"clip-%1.mp4"_s.arg(number));
        writeBytes(room.path(words.last()), variant(number));
    }
    QList<LoadedAsset> loaded;
    const QJsonArray assets = room.run(words).json()[u"assets"].toArray();
    for (const QJsonValue& value : assets) {
        const QJsonObject asset = value.toObject();
        loaded.append({asset[u"id"].toString(), asset[u"title"].toString(), asset[u"sha256"].toString().toLatin1()});
    }
    return loaded;
}

bool allGone()
{
    return QTest::qWaitFor([] { return ProgramRoom::descendants().isEmpty(); }, kEndPatience);
}

QString namesOfLiving()
{
    QStringList names;
    for (const Descendant& left : ProgramRoom::descendants())
        names.append(u"%1 (%2)"_s.arg(left.program).arg(left.id));
    return names.join(u", "_s);
}

void checkWorkspace(const ProgramRoom& room, const Acknowledged& acknowledged)
{
    const auto store = openStore(room);
    QVERIFY2(store, store ? "" : qPrintable(store.error().detail));
    const auto integrity = (*store)->checkIntegrity(sql::IntegrityDepth::Full, kCheckPatience);
    QVERIFY(integrity && integrity->finished && integrity->isSound());
    const auto log = (*store)->verifyAudit();
    QVERIFY2(log && log->isSound(), log ? qPrintable(log->detail) : qPrintable(log.error().detail));
    const auto checked = (*store)->read([&](const store::UnitOfWork& unit) -> Result<void> {
        for (const QString& id : acknowledged.decisions) {
            if (const auto decision = unit.decisions.find(DecisionId(id)); !decision)
                return decision.error();
        }
        if (acknowledged.shown.isEmpty())
            return {};
        const auto ids = unit.assets.ids({});
        const auto assets = ids ? unit.assets.findAll(*ids) : Result<std::vector<store::Asset>>(ids.error());
        if (!assets)
            return assets.error();
        for (const store::Asset& asset : *assets) {
            const auto history = unit.decisions.history(asset.id);
            if (!history)
                return history.error();
            const QString item = QString::fromLatin1(asset.sha256.left(6));
            if (static_cast<int>(history->size()) < acknowledged.shown.value(item))
                return Error {ErrorCode::NotFound,
                    u"#%1 has %2 of %3 decisions that were shown as saved"_s.arg(item)
                        .arg(history->size())
                        .arg(acknowledged.shown.value(item)),
                    "lost"};
        }
        return {};
    });
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));
}

void compareWithTheCatalog(const ProgramRoom& room, const QList<LoadedAsset>& assets)
{
    catalog::CurlTransport transport;
    const auto hold = catalog::EmbeddedCatalog::startOrAttach({.program = programPath(u"vidimus-catalogd"_s),
        .dataFolder = room.workspace() + u"/catalog"_s,
        .socketPath = room.workspace() + u"/catalog.sock"_s});
    QVERIFY2(hold, hold ? "" : qPrintable(hold.error().detail));
    catalog::CatalogClient client(transport, hold->address());
    const auto store = openStore(room);
    QVERIFY2(store, store ? "" : qPrintable(store.error().detail));
    for (const LoadedAsset& asset : assets) {
        const auto there = client.get("/v1/titles/" + asset.title.toUtf8() + "/decisions");
        QVERIFY2(there, there ? "" : qPrintable(there.error().detail));
        QStringList ids;
        for (const QJsonValue& item : (*there)[u"items"_s].toArray()) {
            QCOMPARE(item[u"supersedes"_s].toString(), ids.isEmpty() ? QString() : ids.last());
            ids.append(item[u"id"_s].toString());
        }
        QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), ids.size());
        const auto here
            = (*store)->read([&](const store::UnitOfWork& unit) { return unit.decisions.history(AssetId(asset.id)); });
        QVERIFY(here);
        QSet<QString> known;
        bool anyLeft = false;
        for (const moderation::Decision& decision : *here) {
            known.insert(decision.id.toString());
            QVERIFY(decision.state != moderation::DecisionState::Committed);
            QVERIFY(decision.state != moderation::DecisionState::Draft);
            anyLeft = anyLeft || decision.state != moderation::DecisionState::Undone;
            if (decision.state == moderation::DecisionState::Sent)
                QCOMPARE(decision.id.toString(), ids.value(ids.size() - 1));
        }
        for (const QString& id : ids)
            QVERIFY(known.contains(id));
        QCOMPARE(anyLeft, !ids.isEmpty());
    }
    const QMap<QString, QByteArray> originals = hashesBelow(room.workspace() + u"/media"_s);
    for (auto it = originals.begin(); it != originals.end(); ++it)
        QCOMPARE(it.key().toLatin1(), it.value());
    for (const LoadedAsset& asset : assets)
        QVERIFY(originals.contains(QString::fromLatin1(asset.sha256)));
}

} // namespace vidimus::test
