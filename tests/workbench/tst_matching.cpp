#include "core/matching/bank_import.h"
#include "core/store/workspace_store.h"
#include "core/workbench/attention.h"
#include "core/workbench/bank_desk.h"
#include "core/workbench/content_match.h"
#include "core/workbench/match_library.h"
#include "core/workbench/open_input.h"
#include "core/workbench/review.h"
#include "core/workbench/run_verb.h"
#include "core/worker/worker_pool.h"
#include "workbench_room.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;
using namespace Qt::StringLiterals;
using store::StoredMatch;

namespace {

constexpr const char* kClip = "talking_head_mono.mp4";
constexpr const char* kOther = "nasa_two_video_two_audio_subs.mp4";

VerbReply ask(
    WorkbenchRoom& room, const QString& verb, const QStringList& operands, const QHash<QString, QString>& options = {})
{
    const VerbRequest request {verb, operands, options};
    return runVerb({request, &room.workspace(), room.workspace().workers(), {}, {}});
}

std::vector<StoredMatch> matchesOf(WorkbenchRoom& room, const AssetId& asset)
{
    const auto found
        = room.workspace().store().read([&](const store::UnitOfWork& unit) { return unit.matches.find(asset); });
    return found ? *found : std::vector<StoredMatch> {};
}

/// The first usable hashes of a clip as a list.
QString listOf(WorkbenchRoom& room, const char* clip, const QString& name, const QByteArray& more = {})
{
    const auto input = openInput(clipPath(clip));
    const auto fingerprint = room.workspace().workers().fingerprint(input ? input->get() : -1);
    QByteArray csv = "hash,quality,label\n";
    if (fingerprint) {
        for (const matching::FingerprintFrame& frame : fingerprint->frames)
            csv += matching::toHex(frame.hash).toLatin1() + ",100,known scene\n";
    }
    QFile file(room.path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(csv + more) < 0)
        qFatal("no list");
    return file.fileName();
}

bool check(WorkbenchRoom& room, const AssetId& asset)
{
    return checkAsset(room.workspace(), asset, {}).has_value();
}

} // namespace

class TestMatching : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void checkingAnAssetKeepsItsFingerprint();
    void aNearDuplicateIsKeptWithItsSegments();
    void knownContentNeedsAttentionUntilItIsDecided();
    void anImportedBankIsLookedUpInTheLibrary();
    void aBankGoesOutAsItCameIn();
    void badListsAreRefusedAndNothingChanges();
    void onlyTheRightRoleChangesBanks();
    void theIndexIsMadeAgainWhenItIsLostOrDamaged();
    void matchWithABankNeedsNoWorkspace();
    void verbsAnswerAsTheContractSays();
    void matchSaysHowManyItCouldNotLookUp();
};

void TestMatching::checkingAnAssetKeepsItsFingerprint()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip(kClip).id;
    const auto number = [&] {
        const auto stored = room.workspace().store().read(
            [&](const store::UnitOfWork& unit) { return unit.fingerprints.find(asset); });
        return stored && *stored ? (*stored)->number : 0;
    };
    QCOMPARE(number(), std::uint64_t(0));
    QVERIFY(check(room, asset));
    const auto first = number();
    QVERIFY(first > 0);
    QVERIFY(check(room, asset)); // a second check does not hash again
    QCOMPARE(number(), first);
    const auto index = room.workspace().matches().index(room.workspace());
    QVERIFY(index);
    QCOMPARE((*index)->numbers(), std::vector<std::uint64_t> {first});
    QVERIFY(matchesOf(room, asset).empty());
}

void TestMatching::aNearDuplicateIsKeptWithItsSegments()
{
    WorkbenchRoom room;
    const AssetId first = room.ingestClip(kClip).id;
    // Other bytes, the same picture: what follows the last box of the file is nothing.
    const QString copy = room.path(u"copy.mp4"_s);
    QVERIFY(QFile::copy(clipPath(kClip), copy));
    QFile file(copy);
    QVERIFY(file.open(QIODevice::Append)
        && file.write("\0\0\0\x08"
                      "free",
               8)
            == 8);
    file.close();
    const auto second = ingestFile(room.workspace(), copy);
    QVERIFY(second && !second->duplicateOf);
    QVERIFY(check(room, first) && check(room, second->id));
    const auto matches = matchesOf(room, second->id);
    QCOMPARE(matches.size(), std::size_t(1));
    QCOMPARE(matches[0].other, first.toString());
    QCOMPARE(matches[0].distance, 0);
    QVERIFY(matches[0].share > 0.95);
    const QJsonArray segments = matches[0].body.value("segments"_L1).toArray();
    QCOMPARE(segments.size(), 1);
    QVERIFY(segments[0][u"a_start"].toDouble() < 0.5 && segments[0][u"b_start"].toDouble() < 0.5);
    QVERIFY(matchesOf(room, first).empty()); // it came first
}

void TestMatching::knownContentNeedsAttentionUntilItIsDecided()
{
    WorkbenchRoom room;
    QVERIFY(
        importBank(room.workspace(), listOf(room, kClip, u"known.csv"_s), u"Known"_s, matching::BankSeverity::Block));
    const AssetId known = room.ingestClip(kClip).id;
    const AssetId other = room.ingestClip(kOther).id;
    QVERIFY(check(room, known) && check(room, other));
    QCOMPARE(matchesOf(room, known).size(), std::size_t(1));
    QVERIFY(matchesOf(room, other).empty());
    const auto hits = [&] {
        int count = 0;
        for (const AttentionItem& item : attentionItems(room.workspace()).value_or(std::vector<AttentionItem> {}))
            count += item.error.reason == "hash_near_match" && item.id == u"match:"_s + known.toString() ? 1 : 0;
        return count;
    };
    QCOMPARE(hits(), 1);
    const auto queue = queueIds(room.workspace(), QueueFilter::Waiting, {});
    QVERIFY(queue && queue->front() == known); // before what came with it
    QVERIFY(room.workspace().store().write(
        [&](store::UnitOfWork& unit) { return unit.assets.setState(known, store::AssetState::Rejected); }));
    QCOMPARE(hits(), 0);
}

void TestMatching::anImportedBankIsLookedUpInTheLibrary()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip(kClip).id;
    QVERIFY(check(room, asset));
    QVERIFY(matchesOf(room, asset).empty());
    const auto import = importBank(
        room.workspace(), listOf(room, kClip, u"a.csv"_s, "xyz,1,bad\n0000,99,bad\n"), u"Known"_s, std::nullopt);
    QVERIFY(import);
    QCOMPARE(import->assetsWithHits, 1);
    QCOMPARE(import->file.rejected, 2);
    QCOMPARE(import->bank.severity, matching::BankSeverity::Review);
    const auto matches = matchesOf(room, asset);
    QCOMPARE(matches.size(), std::size_t(1));
    QCOMPARE(matches[0].label, u"known scene"_s);
    QVERIFY(matches[0].share > 0.9);
    // The same again adds nothing and keeps one match.
    const auto again = importBank(room.workspace(), room.path(u"a.csv"_s), u"Known"_s, matching::BankSeverity::Notice);
    QVERIFY(again);
    QCOMPARE(again->added, 0);
    QCOMPARE(matchesOf(room, asset).size(), std::size_t(1));
    QCOMPARE(matchesOf(room, asset)[0].severity, matching::BankSeverity::Notice);
}

void TestMatching::aBankGoesOutAsItCameIn()
{
    WorkbenchRoom room;
    const QString list = listOf(room, kClip, u"a.csv"_s);
    QVERIFY(importBank(room.workspace(), list, u"Known"_s, std::nullopt));
    const QString out = room.path(u"out.csv"_s);
    const auto written = exportBank(room.workspace(), u"Known"_s, matching::BankFormat::Csv, out);
    QVERIFY(written && *written > 0);
    const auto before = readBank(list);
    const auto after = readBank(out);
    QVERIFY(before && after);
    QVERIFY(after->entries.size() <= before->entries.size()); // a hash that repeats stands once
    for (const matching::BankEntry& entry : before->entries)
        QVERIFY(std::ranges::find(after->entries, entry) != after->entries.end());
    QCOMPARE(exportBank(room.workspace(), u"None"_s, matching::BankFormat::Csv, out).error().reason, "no_bank");
}

void TestMatching::badListsAreRefusedAndNothingChanges()
{
    WorkbenchRoom room;
    QFile bad(room.path(u"bad.csv"_s));
    QVERIFY(bad.open(QIODevice::WriteOnly) && bad.write("hash,quality\nnope,3\n") > 0);
    bad.close();
    QCOMPARE(importBank(room.workspace(), bad.fileName(), u"B"_s, std::nullopt).error().reason, "bad_list");
    QCOMPARE(
        importBank(room.workspace(), room.path(u"none"_s), u"B"_s, std::nullopt).error().code, ErrorCode::NotFound);
    const QString good = listOf(room, kClip, u"good.csv"_s);
    for (const QString& name : {QString(), u" x"_s, QString(101, u'x')})
        QCOMPARE(importBank(room.workspace(), good, name, std::nullopt).error().reason, "bad_name");
    QVERIFY(listBanks(room.workspace()).value().empty());
}

void TestMatching::onlyTheRightRoleChangesBanks()
{
    WorkbenchRoom room;
    const QString list = listOf(room, kClip, u"a.csv"_s);
    room.addProfile(u"auditor"_s, {moderation::Role::Auditor});
    room.reopen(u"auditor"_s);
    QCOMPARE(importBank(room.workspace(), list, u"B"_s, std::nullopt).error().code, ErrorCode::Denied);
    QCOMPARE(exportBank(room.workspace(), u"B"_s, matching::BankFormat::Csv, room.path(u"x"_s)).error().code,
        ErrorCode::Denied);
    QVERIFY(listBanks(room.workspace()));
}

void TestMatching::theIndexIsMadeAgainWhenItIsLostOrDamaged()
{
    WorkbenchRoom room;
    const AssetId asset = room.ingestClip(kClip).id;
    QVERIFY(check(room, asset));
    const QString folder = room.workspace().paths().matching();
    const auto found = [&] {
        const auto reply = ask(room, u"match"_s, {clipPath(kClip)}, {{u"library"_s, {}}});
        const QJsonArray matches = reply.json.value("matches"_L1).toArray();
        return matches.size() == 1 && matches[0][u"id"] == asset.toString();
    };
    QVERIFY(found());
    room.close();
    QVERIFY(QDir(folder).removeRecursively());
    room.reopen();
    QVERIFY(found());
    room.close();
    QFile manifest(folder + u"/index.json"_s);
    QVERIFY(manifest.open(QIODevice::WriteOnly | QIODevice::Truncate) && manifest.write("{") == 1);
    manifest.close();
    room.reopen();
    QVERIFY(found());
}

void TestMatching::matchWithABankNeedsNoWorkspace()
{
    WorkbenchRoom room;
    const QString list = listOf(room, kClip, u"a.csv"_s);
    const auto alone = [&](const char* clip) {
        const VerbRequest request {u"match"_s, {clipPath(clip)}, {{u"bank"_s, list}}};
        return runVerb({request, nullptr, room.workspace().workers(), {}, {}});
    };
    const VerbReply hit = alone(kClip);
    QCOMPARE(hit.exitCode, ExitCode::Done);
    QCOMPARE(hit.json.value("matches"_L1)[0][u"label"].toString(), u"known scene"_s);
    QCOMPARE(alone(kOther).exitCode, ExitCode::AnswerIsNo);
}

void TestMatching::matchSaysHowManyItCouldNotLookUp()
{
    WorkbenchRoom room;
    const AssetId known = room.ingestClip(kClip).id;
    const AssetId other = room.ingestClip(kOther).id;
    const auto awaited = [&] {
        return ask(room, u"match"_s, {clipPath(kOther)}, {{u"library"_s, {}}}).json.value("not_hashed_yet"_L1);
    };
    QCOMPARE(awaited(), QJsonValue(2));
    QVERIFY(check(room, known));
    QCOMPARE(awaited(), QJsonValue(1));
    QVERIFY(check(room, other));
    QCOMPARE(awaited(), QJsonValue(0));
}

void TestMatching::verbsAnswerAsTheContractSays()
{
    WorkbenchRoom room;
    const VerbReply fingerprint = ask(room, u"fingerprint"_s, {clipPath(kClip)});
    QCOMPARE(fingerprint.exitCode, ExitCode::Done);
    QCOMPARE(fingerprint.json.value("schema"_L1).toString(), u"vidimus.fingerprint/1"_s);
    QCOMPARE(fingerprint.json.value("kind"_L1).toString(), u"video"_s);
    QVERIFY(!fingerprint.json.value("frames"_L1).toArray().isEmpty());
    QCOMPARE(ask(room, u"match"_s, {clipPath(kClip)}).exitCode, ExitCode::AnswerIsNo);
    QCOMPARE(
        ask(room, u"match"_s, {clipPath(kClip)}, {{u"bank"_s, u"x"_s}, {u"library"_s, {}}}).exitCode, ExitCode::Usage);
    QCOMPARE(ask(room, u"match"_s, {room.path(u"none.mp4"_s)}).exitCode, ExitCode::BadInput);
    QCOMPARE(ask(room, u"bank import"_s, {u"x"_s}, {{u"name"_s, u"B"_s}, {u"severity"_s, u"fatal"_s}}).exitCode,
        ExitCode::Usage);
    const VerbReply import
        = ask(room, u"bank import"_s, {listOf(room, kClip, u"a.csv"_s, "bad\n")}, {{u"name"_s, u"B"_s}});
    QCOMPARE(import.exitCode, ExitCode::Done);
    QCOMPARE(import.json.value("rejected"_L1).toInt(), 1);
    QVERIFY(import.json.value("errors"_L1)[0][u"line"].toInt() > 1);
    QCOMPARE(ask(room, u"bank list"_s, {}).json.value("banks"_L1)[0][u"name"].toString(), u"B"_s);
    QCOMPARE(ask(room, u"bank export"_s, {u"B"_s}, {{u"out"_s, room.path(u"o"_s)}, {u"format"_s, u"pdf"_s}}).exitCode,
        ExitCode::Usage);
}

QTEST_GUILESS_MAIN(TestMatching)
#include "tst_matching.moc"
