#include "core/store/workspace_store.h"
#include "core/workbench/bank_desk.h"
#include "core/workbench/content_match.h"
#include "core/workbench/match_library.h"
#include "core/workbench/open_input.h"
#include "core/workbench/permission.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QFileInfo>
#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

Result<matching::Fingerprint> fingerprintFile(const VerbContext& context)
{
    const QString path = context.request.operands.first();
    const auto input = openInput(path);
    if (!input)
        return input.error();
    return context.workers.fingerprint(
        input->get(), context.cancel, progressNotes(context.notes, u"Hashing %1"_s.arg(QFileInfo(path).fileName())));
}

Result<std::shared_ptr<const matching::BankMatcher>> banksFor(const VerbContext& context)
{
    const QString path = context.request.options.value(u"bank"_s);
    if (path.isEmpty())
        return context.workspace->matches().banks(*context.workspace);
    auto bank = readBank(path);
    if (!bank)
        return std::move(bank).error();
    return std::make_shared<const matching::BankMatcher>(std::vector<matching::HashBank> {*std::move(bank)});
}

} // namespace

Result<VerbReply> runFingerprint(const VerbContext& context)
{
    const auto fingerprint = fingerprintFile(context);
    if (!fingerprint)
        return fingerprint.error();
    return VerbReply {ExitCode::Done, matching::toJson(*fingerprint)};
}

Result<VerbReply> runMatch(const VerbContext& context)
{
    const bool bankAlone = context.request.has(u"bank"_s);
    if (bankAlone && context.request.has(u"library"_s))
        return Error {ErrorCode::Invalid, u"\"match\" takes --bank or --library, not both"_s, "usage"};
    if (!bankAlone) {
        if (auto allowed = requirePermission(*context.workspace, moderation::Action::RunChecks, u"match"_s); !allowed)
            return std::move(allowed).error();
    }
    std::vector<ContentMatch> found;
    // A list that cannot be read is said before the file is decoded.
    if (!context.request.has(u"library"_s)) {
        const auto banks = banksFor(context);
        if (!banks)
            return banks.error();
        const auto fingerprint = fingerprintFile(context);
        if (!fingerprint)
            return fingerprint.error();
        found = matchBanks(**banks, *fingerprint);
        if (!bankAlone) {
            const auto similar = matchLibrary(*context.workspace, *fingerprint, {}, context.cancel);
            if (!similar)
                return similar.error();
            found.insert(found.end(), similar->begin(), similar->end());
        }
    } else {
        const auto fingerprint = fingerprintFile(context);
        if (!fingerprint)
            return fingerprint.error();
        auto similar = matchLibrary(*context.workspace, *fingerprint, {}, context.cancel);
        if (!similar)
            return std::move(similar).error();
        found = *std::move(similar);
    }
    QJsonArray matches;
    QJsonArray common;
    for (const ContentMatch& match : found)
        (match.commonPassage ? common : matches).append(toJson(match));
    QJsonObject answer {{u"matches"_s, matches}, {u"common_passages"_s, common}};
    if (!bankAlone) {
        const auto awaited = context.workspace->store().read(
            [](const store::UnitOfWork& unit) { return unit.fingerprints.awaited(); });
        if (!awaited)
            return awaited.error();
        answer.insert(u"not_hashed_yet"_s, *awaited);
    }
    return VerbReply {matches.isEmpty() ? ExitCode::AnswerIsNo : ExitCode::Done, answer};
}

Result<VerbReply> runBankImport(const VerbContext& context)
{
    std::optional<matching::BankSeverity> severity;
    if (context.request.has(u"severity"_s)) {
        severity = matching::bankSeverityFromName(context.request.options.value(u"severity"_s));
        if (!severity)
            return Error {ErrorCode::Invalid, u"a severity is notice, review or block"_s, "usage"};
    }
    const auto result
        = importBank(*context.workspace, context.request.operands.first(), context.request.options.value(u"name"_s),
            severity, context.cancel, progressNotes(context.notes, u"Looking up the library"_s));
    if (!result)
        return result.error();
    return VerbReply {ExitCode::Done,
        {{u"bank"_s, toJson(result->bank)}, {u"format"_s, QString::fromLatin1(result->file.format)},
            {u"lines"_s, result->file.lines}, {u"accepted"_s, static_cast<qint64>(result->file.entries.size())},
            {u"added"_s, result->added}, {u"rejected"_s, result->file.rejected},
            {u"other_kinds"_s, result->file.otherKinds}, {u"errors"_s, matching::toJson(result->file.errors)},
            {u"assets_with_hits"_s, result->assetsWithHits}}};
}

Result<VerbReply> runBankExport(const VerbContext& context)
{
    const auto format = matching::bankFormatFromName(context.request.options.value(u"format"_s, u"csv"_s));
    if (!format)
        return Error {ErrorCode::Invalid, u"a bank is written as csv, text or json"_s, "usage"};
    const auto hashes = exportBank(
        *context.workspace, context.request.operands.first(), *format, context.request.options.value(u"out"_s));
    if (!hashes)
        return hashes.error();
    return VerbReply {ExitCode::Done, {{u"hashes"_s, *hashes}, {u"path"_s, context.request.options.value(u"out"_s)}}};
}

Result<VerbReply> runBankList(const VerbContext& context)
{
    const auto banks = listBanks(*context.workspace);
    if (!banks)
        return banks.error();
    QJsonArray rows;
    for (const store::BankRow& bank : *banks)
        rows.append(toJson(bank));
    return VerbReply {ExitCode::Done, {{u"banks"_s, rows}}};
}

} // namespace vidimus::workbench
