#include "core/avails/sheet_import.h"
#include "core/avails/territory_names.h"

#include "core/avails/avail_row.h"
#include "core/avails/csv_table.h"
#include "core/avails/full_extract_p.h"
#include "core/avails/known_events_p.h"
#include "core/base/sha256.h"
#include "core/rights/licensors.h"
#include "core/rights/pre_order.h"

#include <QSet>
#include <algorithm>
#include <array>
#include <map>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kHeadingSearchRows = 10;
constexpr std::size_t kMaxMessages = 100'000;

class Planner {
public:
    Planner(const ImportOptions& options, const rights::RuleSet& existing)
        : m_options(options)
        , m_existing(existing)
        , m_territories(existing)
        , m_extracts(existing)
        , m_events(existing)
    {
        for (const rights::Title& title : existing.titles) {
            m_titles.emplace(title.id.toString(), title);
            for (const QString& id : title.ids)
                m_titleByForeignId.emplace(id, title.id);
        }
        for (const rights::Deal& deal : existing.deals)
            m_deals.emplace(deal.id.toString(), deal);
        const rights::Licensors licensors(existing);
        for (const rights::Rule& rule : existing.rules) {
            m_rules.emplace(rule.id.toString(), rule);
            m_owners.insert(rule.id.toString(), licensors.of(rule));
        }
    }

    Result<ImportPlan> run(std::span<const SheetTable> sheets, const CancelToken& cancel)
    {
        bool any = false;
        for (const SheetTable& sheet : sheets) {
            m_options.sheetName = sheet.name;
            const qsizetype headings = headingRowOf(sheet, m_options.mapping);
            if (headings < 0) {
                note(0, {}, {}, u"SHEET_SKIPPED"_s, u"the sheet has no heading row, so it holds no avails"_s);
                continue;
            }
            any = true;
            if (auto read = readSheet(sheet, headings, cancel); !read)
                return std::move(read).error();
        }
        if (!any)
            return Error {ErrorCode::Invalid,
                u"no heading row in the first %1 rows; it needs at least Territory, LicenseType, Start, End and ALID"_s
                    .arg(kHeadingSearchRows),
                "no_headings"};
        removeWhatFullExtractsLeftOut();
        m_plan.rejected = m_plan.rows - m_plan.accepted;
        bound(m_plan.errors);
        bound(m_plan.notes);
        return std::move(m_plan);
    }

private:
    Result<void> readSheet(const SheetTable& sheet, qsizetype headings, const CancelToken& cancel)
    {
        const Columns columns(sheet.rows[static_cast<std::size_t>(headings)].cells, m_options.mapping);
        const bool complete = checkColumns(columns, sheet.rows[static_cast<std::size_t>(headings)].number);
        int emptyRows = sheet.skippedRows;
        const auto firstError = std::ssize(m_plan.errors), firstNote = std::ssize(m_plan.notes);
        std::vector<const SheetRow*> conditional;
        for (auto row = sheet.rows.begin() + headings + 1; row != sheet.rows.end(); ++row) {
            if ((row->number & 0x3FF) == 0 && cancel.isCanceled())
                return Error {ErrorCode::Canceled, u"the import was cancelled"_s, {}};
            if (row->isEmpty()) {
                ++emptyRows;
                continue;
            }
            if (isNote(*row, columns))
                continue;
            ++m_plan.rows;
            if (!complete)
                continue;
            if (hasCondition(*row, columns))
                conditional.push_back(&*row);
            else
                take(*row, columns);
        }
        for (const SheetRow* row : conditional) // what they count from may stand in any row
            take(*row, columns);
        if (emptyRows > 0)
            note(0, {}, QString::number(emptyRows), u"EMPTY_ROWS_SKIPPED"_s, u"empty rows were skipped"_s);
        // In the order of the sheet, in which a person goes through it.
        std::stable_sort(m_plan.errors.begin() + firstError, m_plan.errors.end(), isAbove);
        std::stable_sort(m_plan.notes.begin() + firstNote, m_plan.notes.end(), isAbove);
        return {};
    }

    static bool isAbove(const CellMessage& a, const CellMessage& b) { return a.row < b.row; }

    /// Beyond a number that a person could read, one message a row tells that there is something.
    static void bound(std::vector<CellMessage>& messages)
    {
        if (messages.size() <= kMaxMessages)
            return;
        const auto sameRow
            = [](const CellMessage& a, const CellMessage& b) { return a.row == b.row && a.sheet == b.sheet; };
        const auto rest = std::unique(messages.begin() + kMaxMessages, messages.end(), sameRow);
        messages.erase(rest, messages.end());
    }

    void note(int row, const QString& column, const QString& value, const QString& code, const QString& message)
    {
        m_plan.notes.push_back({m_options.sheetName, row, column, value, code, message});
    }

    bool checkColumns(const Columns& columns, int row)
    {
        bool complete = true;
        for (const auto name : {"Territory"_L1, "LicenseType"_L1, "Start"_L1, "End"_L1}) {
            if (columns.has(name))
                continue;
            complete = false;
            m_plan.errors.push_back({m_options.sheetName, row, QString(name), {}, u"COLUMN_MISSING"_s,
                u"the sheet has no column %1"_s.arg(name)});
        }
        const bool named = std::ranges::any_of(std::array {"ALID"_L1, "ContentID"_L1, "TitleID"_L1,
                                                   "EpisodeContentID"_L1, "SeasonContentID"_L1, "SeriesContentID"_L1},
            [&columns](QLatin1StringView name) { return columns.has(name); });
        if (!named) {
            complete = false;
            m_plan.errors.push_back({m_options.sheetName, row, u"ALID"_s, {}, u"COLUMN_MISSING"_s,
                u"the sheet has no column that names the title: ALID, ContentID or TitleID"_s});
        }
        for (const QString& heading : columns.unused())
            note(row, heading.left(200), {}, u"UNUSED_COLUMN"_s, u"the column is kept out"_s);
        return complete;
    }

    /// "//" rows, and the row of "REQ" and "Opt" that templates have under the headings.
    bool isNote(const SheetRow& row, const Columns& columns)
    {
        const auto first
            = std::find_if(row.cells.begin(), row.cells.end(), [](const QString& cell) { return !cell.isEmpty(); });
        const QString territory = columns.cell(row, "Territory"_L1);
        const bool marks = territory.startsWith("REQ"_L1, Qt::CaseInsensitive)
            || territory.startsWith("Opt"_L1, Qt::CaseInsensitive);
        if (!first->startsWith("//"_L1) && !marks)
            return false;
        note(row.number, {}, first->left(200), u"NOTE_ROW_SKIPPED"_s, u"a note, not data"_s);
        return true;
    }

    void reject(const AvailRow& row, const QString& code, const QString& message)
    {
        m_plan.errors.push_back({m_options.sheetName, row.number, u"AvailID"_s, row.availId.left(200), code, message});
    }

    void take(const SheetRow& csv, const Columns& columns)
    {
        auto read = readAvailRow(csv, columns, m_options, m_existing, m_events, m_plan);
        if (!read)
            return;
        AvailRow& row = *read;
        rights::Rule& rule = row.grant;
        placeUnderParents(row);
        rule.scope = scopeOf(row.title);
        const std::optional<QString> id = idOf(row);
        if (!id)
            return;
        rule.id = WindowId(*id);
        if (m_seen.contains(rule.id.toString()) && !row.availId.isEmpty()) {
            rule.id = WindowId(row.availId + u'/' + keyOf(row));
            rule.terms.insert(u"avail_id"_s, row.availId);
            if (!m_seen.contains(rule.id.toString()))
                m_plan.notes.push_back({m_options.sheetName, row.number, u"AvailID"_s, row.availId.left(200),
                    u"AVAIL_ID_TWICE"_s,
                    u"an earlier row has this AvailID too; an AvailID names one window, so this one is kept apart"_s});
        }
        if (m_seen.contains(rule.id.toString()))
            return reject(row, u"DUPLICATE_ROW"_s, u"an earlier row says the same"_s);
        const auto known = m_rules.find(rule.id.toString());
        if (known != m_rules.end() && known->second.effect == rights::Effect::Deny)
            return reject(row, u"ID_TAKEN"_s, u"the id belongs to a restriction; a sheet may not replace one"_s);
        if (known != m_rules.end()) {
            keepWhatSheetsCannotSay(known->second, rule);
            if (m_territories.areSame(known->second.territory, rule.territory))
                rule.territory = known->second.territory; // a list names no groups of ours
        }
        if (row.entry == EntryType::Delete) {
            if (known == m_rules.end())
                return reject(row, u"NOTHING_TO_DELETE"_s, u"there is no such grant"_s);
            m_plan.rules.removed.push_back(known->second);
        } else {
            for (const rights::Title& parent : row.parents)
                takeTitle(parent, parent.id);
            takeTitle(row.title, rule.scope);
            keepOtherAlid(row);
            noteRatings(row);
            noteVolume(row);
            takeDeal(row);
            m_events.add(rule);
            if (known == m_rules.end())
                m_plan.rules.added.push_back(rule);
            else if (!sameButForProvenance(known->second, rule))
                m_plan.rules.changed.push_back(rule);
            if (row.entry == EntryType::FullExtract)
                m_extracts.add(row.licensor, rule);
        }
        m_seen.insert(rule.id.toString());
        m_owners.insert(rule.id.toString(), row.licensor);
        ++m_plan.accepted;
    }

    /// Gives the series and season of a row the ids they are known by, and each the one above it.
    void placeUnderParents(AvailRow& row) const
    {
        TitleId above;
        for (rights::Title& parent : row.parents) {
            parent.id = scopeOf(parent);
            parent.parent = above;
            above = parent.id;
        }
        if (above != scopeOf(row.title))
            row.title.parent = above;
    }

    /// Edits of one work share ids of the work: a TitleID, and often a ContentID. Another EditID, or another ALID where
    /// no EditIDs can be compared, says that it is another title, and its rights are its own.
    static bool isAnotherEdit(const rights::Title& known, const rights::Title& title)
    {
        for (const QString& key : {u"edit_id"_s, u"alid"_s}) {
            const QString theirs = known.ids.value(key);
            const QString own = title.ids.value(key);
            if (!theirs.isEmpty() && !own.isEmpty())
                return theirs != own;
        }
        return false;
    }

    /// Under which id the title of a row is known, or is to be known.
    [[nodiscard]] TitleId scopeOf(const rights::Title& title) const
    {
        const QString own = title.id.toString();
        const auto direct = m_titles.find(own);
        const bool taken
            = direct != m_titles.end() && title.ids.value(u"alid"_s) != own && isAnotherEdit(direct->second, title);
        if (direct != m_titles.end() && !taken)
            return title.id;
        for (const QString& key : {u"alid"_s, u"edit_id"_s, u"content_id"_s, u"title_id"_s}) {
            const auto named = m_titleByForeignId.find(title.ids.value(key));
            if (!title.ids.contains(key) || named == m_titleByForeignId.end())
                continue;
            const auto known = m_titles.find(named->second.toString());
            if (key == u"alid"_s || known == m_titles.end() || !isAnotherEdit(known->second, title))
                return named->second;
        }
        return taken ? TitleId(title.ids.value(u"edit_id"_s, own)) : title.id;
    }

    /// What tells one grant of a sheet from another when AvailIDs do not.
    static QString keyOf(const AvailRow& row)
    {
        const rights::Rule& rule = row.grant;
        const std::optional<Instant> start = rights::isPreOrderOnly(rule) ? rule.preOrder->start : rule.window.start;
        const QStringList parts {rule.scope.toString(), rule.territory.include.join(u','),
            rule.territory.exclude.join(u','), rule.terms.value(u"license_type"_s).toString(),
            rule.terms.value(u"format"_s).toString(), rule.deal.toString(), row.licensor,
            start ? toRfc3339(*start) : QString()};
        return QString::fromLatin1(sha256Hex(parts.join(u'\n').toUtf8()).left(16));
    }

    /// The AvailID, which its licensor chose: two licensors may have chosen the same. Nothing: the row was refused.
    std::optional<QString> idOf(AvailRow& row)
    {
        if (row.availId.isEmpty())
            return u"avail-"_s + keyOf(row);
        const QByteArray party = sha256Hex(row.licensor.toCaseFolded().toUtf8()).left(8);
        const QString apart = row.availId + u'/' + QString::fromLatin1(party);
        const auto owner = m_owners.constFind(row.availId);
        const bool free
            = owner == m_owners.constEnd() || owner->isEmpty() || rights::isSameLicensor(*owner, row.licensor);
        if (free && !m_owners.contains(apart))
            return row.availId;
        if (row.licensor.isEmpty()) {
            reject(row, u"ID_TAKEN"_s,
                u"the AvailID is that of a grant of %1; name this file's licensor in DisplayName or with --licensor"_s
                    .arg(*owner));
            return std::nullopt;
        }
        if (!free) {
            m_plan.notes.push_back({m_options.sheetName, row.number, u"AvailID"_s, row.availId.left(200),
                u"AVAIL_ID_SHARED"_s,
                u"%1 has a grant of this AvailID too; this one is kept apart as %2"_s.arg(*owner, apart.left(200))});
        }
        row.grant.terms.insert(u"avail_id"_s, row.availId);
        return apart;
    }

    /// A sheet has no columns for sites, priority and reach, so its silence does not widen or move a known grant.
    void keepWhatSheetsCannotSay(const rights::Rule& known, rights::Rule& rule) const
    {
        rule.sites = known.sites;
        rule.applies = known.applies;
        rule.priority = known.priority;
        const QString type = rule.terms.value(u"license_type"_s).toString();
        if (known.terms.value(u"license_type"_s).toString() == type && !m_options.offers.contains(type))
            rule.offers = known.offers;
    }

    static bool sameButForProvenance(const rights::Rule& a, rights::Rule b)
    {
        if (b.provenance && a.provenance && b.provenance->licensor != a.provenance->licensor)
            return false;
        b.provenance = a.provenance;
        return a == b;
    }

    void takeTitle(rights::Title title, const TitleId& scope)
    {
        title.id = scope;
        const auto [known, fresh] = m_titles.try_emplace(scope.toString(), title);
        if (fresh) {
            for (const QString& id : title.ids)
                m_titleByForeignId.emplace(id, title.id);
            m_plan.titles.added.push_back(title);
            return;
        }
        rights::Title merged = known->second; // what a person entered stays; gaps are filled
        if (merged.name.isEmpty())
            merged.name = title.name;
        if (merged.parent.isEmpty() && title.parent != scope)
            merged.parent = title.parent;
        if (!merged.number)
            merged.number = title.number;
        for (auto id = title.ids.begin(); id != title.ids.end(); ++id) {
            if (!merged.ids.contains(id.key()))
                merged.ids.insert(id.key(), id.value());
            m_titleByForeignId.emplace(id.value(), scope);
        }
        for (auto rating = title.ratings.begin(); rating != title.ratings.end(); ++rating) {
            if (!merged.ratings.contains(rating.key()))
                merged.ratings.insert(rating.key(), rating.value());
        }
        if (merged == known->second)
            return;
        known->second = merged;
        for (auto* list : {&m_plan.titles.added, &m_plan.titles.changed}) {
            for (rights::Title& planned : *list) {
                if (planned.id == scope) {
                    planned = merged;
                    return;
                }
            }
        }
        m_plan.titles.changed.push_back(merged);
    }

    /// One edit may be sold under several ALIDs; each grant goes back to its licensor under its own.
    void keepOtherAlid(AvailRow& row)
    {
        const QString own = row.title.ids.value(u"alid"_s);
        const QString stands = m_titles.at(row.grant.scope.toString()).ids.value(u"alid"_s);
        if (own.isEmpty() || own == stands)
            return;
        row.grant.terms.insert(u"alid"_s, own);
        m_plan.notes.push_back({m_options.sheetName, row.number, u"ALID"_s, own.left(200), u"SAME_EDIT"_s,
            u"by its other ids this is %1, so both are one title"_s.arg(stands.left(200))});
    }

    void noteRatings(const AvailRow& row)
    {
        const auto known = m_titles.find(row.grant.scope.toString());
        for (auto rating = row.title.ratings.begin(); rating != row.title.ratings.end(); ++rating) {
            const int stands = known->second.ratings.value(rating.key());
            if (stands == rating.value())
                continue;
            m_plan.notes.push_back({m_options.sheetName, row.number, u"RatingValue"_s, QString::number(rating.value()),
                u"RATING_DIFFERS"_s, u"in %1 the title is rated %2, and that stays"_s.arg(rating.key()).arg(stands)});
        }
    }

    void noteVolume(const AvailRow& row)
    {
        const QString volume = row.grant.terms.value("volume"_L1).toString();
        if (volume.isEmpty() || row.title.kind != rights::TitleKind::Episode)
            return;
        const auto known = m_volumes.constFind(row.grant.scope.toString());
        if (known == m_volumes.constEnd())
            m_volumes.insert(row.grant.scope.toString(), volume);
        else if (*known != volume)
            m_plan.notes.push_back({m_options.sheetName, row.number, u"VolumeNumber"_s, volume.left(200),
                u"VOLUME_TWICE"_s, u"the episode is in volume %1 already; it may sit in one alone"_s.arg(*known)});
    }

    void takeDeal(const AvailRow& row)
    {
        if (row.grant.deal.isEmpty())
            return;
        rights::Deal deal;
        deal.id = row.grant.deal;
        deal.licensor = row.licensor;
        const auto [known, fresh] = m_deals.try_emplace(deal.id.toString(), deal);
        if (fresh)
            m_plan.deals.added.push_back(deal);
        const QString& owner = known->second.licensor;
        if (!owner.isEmpty() && !row.licensor.isEmpty() && !rights::isSameLicensor(owner, row.licensor)) {
            m_plan.notes.push_back({m_options.sheetName, row.number, u"ContractID"_s, deal.id.toString().left(200),
                u"CONTRACT_OF_ANOTHER"_s, u"the contract is known as one of %1, and its terms stay"_s.arg(owner)});
        }
    }

    void removeWhatFullExtractsLeftOut()
    {
        if (m_extracts.isEmpty())
            return;
        if (m_plan.accepted != m_plan.rows) { // a rejected row may be the very one that keeps a grant
            note(
                0, {}, {}, u"REMOVALS_HELD_BACK"_s, u"rows were rejected, so nothing is removed; correct them first"_s);
            return;
        }
        m_extracts.replace(m_seen, m_options.sheetName, m_plan);
    }

    ImportOptions m_options; // with the name of the sheet that is being read
    const rights::RuleSet& m_existing;
    ImportPlan m_plan;
    std::map<QString, rights::Title> m_titles;
    std::map<QString, TitleId> m_titleByForeignId;
    std::map<QString, rights::Deal> m_deals;
    std::map<QString, rights::Rule> m_rules;
    QSet<QString> m_seen; // rule ids of this file
    QHash<QString, QString> m_owners; // rule id → licensor, of what stands and of this file
    TerritoryNames m_territories;
    FullExtracts m_extracts;
    KnownEvents m_events; // with those of this file
    QHash<QString, QString> m_volumes; // episode → the volume it was in
};

} // namespace

qsizetype headingRowOf(const SheetTable& sheet, const ColumnMapping& mapping)
{
    if (mapping.headingRow > 0) {
        const auto row = std::ranges::find(sheet.rows, mapping.headingRow, &SheetRow::number);
        return row == sheet.rows.end() ? -1 : row - sheet.rows.begin();
    }
    const auto last = sheet.rows.begin() + static_cast<std::ptrdiff_t>(std::min(sheet.rows.size(), kHeadingSearchRows));
    const auto found = std::find_if(sheet.rows.begin(), last,
        [&mapping](const SheetRow& row) { return Columns::looksLikeHeadings(row.cells, mapping); });
    return found == last ? -1 : found - sheet.rows.begin();
}

Result<ImportPlan> planImport(std::span<const SheetTable> sheets, const ImportOptions& options,
    const rights::RuleSet& existing, const CancelToken& cancel)
{
    if (auto zone = rights::checkZone(options.times.zone); !zone)
        return std::move(zone).error(); // once, and not for each row
    auto plan = Planner(options, existing).run(sheets, cancel);
    if (plan)
        plan->timeZones = rights::timeZoneDatabaseVersion();
    return plan;
}

Result<SheetTable> readCsvSheet(QByteArrayView csv, const QString& sheetName)
{
    if (csv.size() > kMaxCsvBytes)
        return Error {ErrorCode::LimitExceeded, u"the file is larger than %1 bytes"_s.arg(kMaxCsvBytes), "too_large"};
    auto rows = readCsv(csv, kMaxRows);
    if (!rows)
        return std::move(rows).error();
    return SheetTable {.name = sheetName, .rows = std::move(*rows)};
}

Result<ImportPlan> planCsvImport(
    QByteArrayView csv, const ImportOptions& options, const rights::RuleSet& existing, const CancelToken& cancel)
{
    const auto sheet = readCsvSheet(csv, options.sheetName);
    if (!sheet)
        return sheet.error();
    return planImport({&*sheet, 1}, options, existing, cancel);
}

} // namespace vidimus::avails
