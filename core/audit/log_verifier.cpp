#include "core/audit/log_verifier.h"

#include "core/audit/log_entry.h"
#include "core/audit/merkle_hash.h"

#include <algorithm>
#include <array>

namespace vidimus::audit {

using namespace Qt::StringLiterals;

const char* logResultName(LogResult result)
{
    constexpr std::array kNames {"verified", "unanchored", "bad_entry", "rewritten", "cut", "bad_head"};
    return kNames.at(static_cast<std::size_t>(result));
}

QJsonObject toJson(const LogReport& report)
{
    return {{u"entries"_s, static_cast<qint64>(report.entries)},
        {u"anchored_to"_s, static_cast<qint64>(report.anchoredTo)},
        {u"result"_s, QString::fromLatin1(logResultName(report.result))},
        {u"first_bad"_s, report.firstBad ? QJsonValue(static_cast<qint64>(*report.firstBad)) : QJsonValue()},
        {u"detail"_s, report.detail}};
}

LogVerifier::LogVerifier(LogAnchors anchors)
    : m_heads(std::move(anchors.heads))
{
    m_heads.insert(m_heads.end(), anchors.knownHeads.begin(), anchors.knownHeads.end());
    std::stable_sort(m_heads.begin(), m_heads.end(), [](const auto& a, const auto& b) { return a.size < b.size; });
    for (const SignedHead& head : m_heads) {
        const bool trusted = std::ranges::find(anchors.trustedKeys, head.publicKey) != anchors.trustedKeys.end();
        if (!trusted || !isSignatureValid(head)) {
            fail(LogResult::BadHead, head.size,
                u"the head over %1 entries is %2"_s.arg(head.size).arg(
                    trusted ? u"not signed by its key"_s : u"by a key that is not trusted"_s));
            return;
        }
    }
    compareHeads();
}

void LogVerifier::fail(LogResult result, std::uint64_t firstBad, const QString& detail)
{
    m_failed = true;
    m_report.result = result;
    m_report.firstBad = firstBad;
    m_report.detail = detail;
}

void LogVerifier::compareHeads()
{
    if (m_nextHead >= m_heads.size() || m_heads[m_nextHead].size != m_tree.size())
        return;
    const QByteArray root = m_tree.root();
    for (; m_nextHead < m_heads.size() && m_heads[m_nextHead].size == m_tree.size(); ++m_nextHead) {
        if (m_heads[m_nextHead].root != root) {
            fail(LogResult::Rewritten, m_report.anchoredTo + 1,
                u"entries %1 to %2 are not those that were signed"_s.arg(m_report.anchoredTo + 1).arg(m_tree.size()));
            return;
        }
    }
    m_report.anchoredTo = m_tree.size();
}

void LogVerifier::add(QByteArrayView leaf, const QByteArray& storedHash)
{
    ++m_report.entries;
    if (m_failed)
        return;
    const std::uint64_t expected = m_tree.size() + 1;
    const auto entry = logEntryFromLeaf(leaf);
    if (!entry)
        return fail(LogResult::BadEntry, expected, entry.error().detail);
    if (entry->sequence != expected)
        return fail(
            LogResult::BadEntry, expected, u"found entry %1 in the place of %2"_s.arg(entry->sequence).arg(expected));
    const QByteArray hash = leafHash(leaf);
    if (!storedHash.isEmpty() && storedHash != hash)
        return fail(LogResult::BadEntry, expected, u"entry %1 was changed"_s.arg(expected));
    m_tree.addHash(hash);
    compareHeads();
}

LogReport LogVerifier::finish()
{
    if (!m_failed && m_nextHead < m_heads.size()) {
        fail(LogResult::Cut, m_report.entries + 1,
            u"a head covers %1 entries, but there are %2"_s.arg(m_heads.back().size).arg(m_report.entries));
    }
    if (!m_failed)
        m_report.result = m_report.anchoredTo > 0 ? LogResult::Verified : LogResult::Unanchored;
    return m_report;
}

LogReport verifyLog(std::span<const QByteArray> leaves, LogAnchors anchors)
{
    LogVerifier verifier(std::move(anchors));
    for (const QByteArray& leaf : leaves)
        verifier.add(leaf);
    return verifier.finish();
}

} // namespace vidimus::audit
