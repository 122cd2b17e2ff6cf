#include "core/workbench/match_library.h"

#include "core/matching/near_duplicates.h"
#include "core/store/workspace_store.h"
#include "core/workbench/workspace.h"

#include <QDir>
#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

using Numbers = std::vector<std::uint64_t>;
using IndexPtr = std::shared_ptr<matching::HashIndex>;

constexpr std::size_t kDocumentsAtOnce = 256;

Result<IndexPtr> openIndex(const QString& folder)
{
    auto opened = matching::HashIndex::open(folder);
    if (!opened)
        return std::move(opened).error();
    return IndexPtr(*std::move(opened));
}

Result<IndexPtr> openEmptyIndex(const QString& folder)
{
    if (!QDir(folder).removeRecursively())
        return Error {ErrorCode::Io, u"the hash index cannot be removed"_s, {}};
    return openIndex(folder);
}

Numbers missingFrom(const Numbers& all, const Numbers& some)
{
    Numbers result;
    std::ranges::set_difference(all, some, std::back_inserter(result));
    return result;
}

Result<void> addDocuments(
    Workspace& workspace, matching::HashIndex& index, const Numbers& numbers, const CancelToken& cancel)
{
    for (std::size_t from = 0; from < numbers.size(); from += kDocumentsAtOnce) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"the index is not complete yet"_s, "canceled"};
        std::vector<matching::IndexedDocument> documents;
        const auto read = workspace.store().read([&](const store::UnitOfWork& unit) -> Result<void> {
            for (std::size_t n = from; n < std::min(numbers.size(), from + kDocumentsAtOnce); ++n) {
                const auto stored = unit.fingerprints.findByNumber(numbers[n]);
                if (!stored)
                    return stored.error();
                documents.push_back(matching::documentOf(stored->fingerprint, stored->number));
            }
            return {};
        });
        if (!read)
            return read;
        if (auto added = index.addAll(documents); !added)
            return added;
    }
    return {};
}

} // namespace

Result<IndexPtr> MatchLibrary::index(Workspace& workspace, const CancelToken& cancel)
{
    const std::scoped_lock lock(m_mutex);
    const QString folder = workspace.paths().matching();
    if (!m_index) {
        auto opened = openIndex(folder);
        if (!opened && opened.error().code == ErrorCode::Corrupt)
            opened = openEmptyIndex(folder);
        if (!opened)
            return opened;
        m_index = *std::move(opened);
    }
    const auto stored
        = workspace.store().read([](const store::UnitOfWork& unit) { return unit.fingerprints.numbers(); });
    if (!stored)
        return stored.error();
    Numbers missing = missingFrom(*stored, m_index->numbers());
    if (!missing.empty() && missing.front() <= m_index->lastNumber()) {
        // The database is another one than the index was made from, a restored one perhaps.
        auto opened = openEmptyIndex(folder);
        if (!opened)
            return opened;
        m_index = *std::move(opened);
        missing = *stored;
    }
    if (auto added = addDocuments(workspace, *m_index, missing, cancel); !added)
        return std::move(added).error();
    for (const std::uint64_t number : missingFrom(m_index->numbers(), *stored)) {
        if (auto removed = m_index->remove(number); !removed)
            return std::move(removed).error();
    }
    return m_index;
}

Result<std::shared_ptr<const matching::BankMatcher>> MatchLibrary::banks(Workspace& workspace)
{
    const std::scoped_lock lock(m_mutex);
    if (m_banks)
        return m_banks;
    auto banks = workspace.store().read([](const store::UnitOfWork& unit) -> Result<std::vector<matching::HashBank>> {
        const auto rows = unit.banks.list();
        if (!rows)
            return rows.error();
        std::vector<matching::HashBank> result;
        for (const store::BankRow& row : *rows) {
            auto entries = unit.banks.entries(row.id);
            if (!entries)
                return std::move(entries).error();
            result.push_back({row.id, row.name, row.severity, *std::move(entries)});
        }
        return result;
    });
    if (!banks)
        return std::move(banks).error();
    m_banks = std::make_shared<const matching::BankMatcher>(*std::move(banks));
    return m_banks;
}

void MatchLibrary::forgetBanks()
{
    const std::scoped_lock lock(m_mutex);
    m_banks.reset();
}

} // namespace vidimus::workbench
