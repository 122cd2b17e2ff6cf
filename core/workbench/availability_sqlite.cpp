#include "core/workbench/availability_sqlite.h"

#include <map>
#include <sqlite3.h>

namespace vidimus::workbench {

namespace {

constexpr const char* kSchema
    = "PRAGMA journal_mode = OFF;"
      "CREATE TABLE windows (title INTEGER, n INTEGER, deny INTEGER, countries INTEGER, sites INTEGER, offers INTEGER,"
      " start INTEGER, \"end\" INTEGER, payload INTEGER, PRIMARY KEY (title, n)) WITHOUT ROWID;"
      "CREATE TABLE countries (id INTEGER, country INTEGER, PRIMARY KEY (id, country)) WITHOUT ROWID;"
      "CREATE TABLE sites (id INTEGER, site INTEGER, PRIMARY KEY (id, site)) WITHOUT ROWID;"
      "CREATE TABLE offers (id INTEGER, offer INTEGER, PRIMARY KEY (id, offer)) WITHOUT ROWID;"
      "CREATE INDEX country_sets ON countries (country, id);"
      "CREATE INDEX site_sets ON sites (site, id);"
      "CREATE INDEX offer_sets ON offers (offer, id);";

// ?1 title, ?2 country, ?3 site, ?4 offer, ?5 time.
constexpr const char* kAsk
    = "SELECT EXISTS (SELECT 1 FROM windows w WHERE w.title = ?1 AND NOT w.deny AND w.start <= ?5 AND w.\"end\" > ?5"
      " AND EXISTS (SELECT 1 FROM offers o WHERE o.id = w.offers AND o.offer = ?4)"
      " AND EXISTS (SELECT 1 FROM sites s WHERE s.id = w.sites AND s.site = ?3)"
      " AND EXISTS (SELECT 1 FROM countries c WHERE c.id = w.countries AND c.country = ?2))"
      " AND NOT EXISTS (SELECT 1 FROM windows w WHERE w.title = ?1 AND w.deny AND w.start <= ?5 AND w.\"end\" > ?5"
      " AND EXISTS (SELECT 1 FROM offers o WHERE o.id = w.offers AND o.offer = ?4)"
      " AND EXISTS (SELECT 1 FROM sites s WHERE s.id = w.sites AND s.site = ?3)"
      " AND EXISTS (SELECT 1 FROM countries c WHERE c.id = w.countries AND c.country = ?2))";

constexpr const char* kCount
    = "SELECT count(*) FROM (SELECT w.title FROM windows w WHERE w.start <= ?5 AND w.\"end\" > ?5"
      " AND w.offers IN (SELECT id FROM offers WHERE offer = ?4)"
      " AND w.sites IN (SELECT id FROM sites WHERE site = ?3)"
      " AND w.countries IN (SELECT id FROM countries WHERE country = ?2) GROUP BY w.title HAVING max(w.deny) = 0)";

bool bindAll(sqlite3_stmt* statement, std::initializer_list<qint64> values)
{
    int at = 0;
    bool fits = true;
    for (const qint64 value : values)
        fits = sqlite3_bind_int64(statement, ++at, value) == SQLITE_OK && fits;
    return fits;
}

bool finish(sqlite3_stmt* statement)
{
    const bool done = sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_reset(statement);
    return done;
}

qint64 firstNumber(sqlite3_stmt* statement, const WorkQuestion& question)
{
    qint64 number = -1;
    if (bindAll(statement, {question.title, question.country, question.site, question.offer, question.at})
        && sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return number;
}

} // namespace

struct AvailabilitySqlite::Sets {
    std::map<WorkCountries, qint64> countries;
    std::map<quint32, qint64> sites, offers;
};

void AvailabilitySqlite::Close::operator()(sqlite3* database) const
{
    sqlite3_close(database);
}

void AvailabilitySqlite::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

AvailabilitySqlite::AvailabilitySqlite()
    : m_sets(std::make_unique<Sets>())
{
    sqlite3* opened = nullptr;
    sqlite3_open(":memory:", &opened);
    m_database.reset(opened);
}

AvailabilitySqlite::~AvailabilitySqlite() = default;

Error AvailabilitySqlite::failure() const
{
    return {ErrorCode::Internal, QString::fromUtf8(sqlite3_errmsg(m_database.get())), "sqlite"};
}

bool AvailabilitySqlite::run(const char* sql)
{
    return sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

AvailabilitySqlite::Statement AvailabilitySqlite::prepare(const char* sql)
{
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v3(m_database.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    return Statement(statement);
}

bool AvailabilitySqlite::prepareAll()
{
    m_ask = prepare(kAsk);
    m_count = prepare(kCount);
    m_addWindow = prepare("INSERT INTO windows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    m_removeWindows = prepare("DELETE FROM windows WHERE title = ?");
    m_addCountry = prepare("INSERT INTO countries VALUES (?, ?)");
    m_addSite = prepare("INSERT INTO sites VALUES (?, ?)");
    m_addOffer = prepare("INSERT INTO offers VALUES (?, ?)");
    return m_ask && m_count && m_addWindow && m_removeWindows && m_addCountry && m_addSite && m_addOffer;
}

Result<std::unique_ptr<AvailabilitySqlite>> AvailabilitySqlite::create(const AvailabilityWorkload& workload)
{
    std::unique_ptr<AvailabilitySqlite> made(new AvailabilitySqlite);
    bool fits = made->run(kSchema) && made->prepareAll() && made->run("BEGIN");
    for (quint32 title = 0; fits && title < workload.titles(); ++title)
        fits = made->addTitle(workload, title, 0);
    if (!fits || !made->run("COMMIT") || !made->run("ANALYZE") || !made->prepareAll())
        return made->failure();
    return made;
}

bool AvailabilitySqlite::addMember(Statement& statement, qint64 set, qint64 member)
{
    return bindAll(statement.get(), {set, member}) && finish(statement.get());
}

qint64 AvailabilitySqlite::countrySet(const WorkCountries& countries, bool& fits)
{
    const auto [known, fresh] = m_sets->countries.try_emplace(countries, static_cast<qint64>(m_sets->countries.size()));
    for (std::size_t i = 0; fresh && i < kWorkCountries; ++i) {
        if ((countries[i / 64] >> i % 64 & 1) != 0)
            fits = fits && addMember(m_addCountry, known->second, static_cast<qint64>(i));
    }
    return known->second;
}

qint64 AvailabilitySqlite::smallSet(quint32 names, bool sites, bool& fits)
{
    auto& sets = sites ? m_sets->sites : m_sets->offers;
    const auto [known, fresh] = sets.try_emplace(names, static_cast<qint64>(sets.size()));
    for (int i = 0; fresh && i < 32; ++i) {
        if ((names >> i & 1) != 0)
            fits = fits && addMember(sites ? m_addSite : m_addOffer, known->second, i);
    }
    return known->second;
}

bool AvailabilitySqlite::addTitle(const AvailabilityWorkload& workload, quint32 title, quint32 version)
{
    bool fits = true;
    qint64 n = 0;
    for (const WorkWindow& window : workload.windowsOf(title, version)) {
        const qint64 countries = countrySet(window.countries, fits);
        const qint64 sites = smallSet(window.sites, true, fits), offers = smallSet(window.offers, false, fits);
        fits = fits
            && bindAll(m_addWindow.get(),
                {title, n++, window.deny, countries, sites, offers, window.start, window.end, window.payload})
            && finish(m_addWindow.get());
    }
    return fits;
}

bool AvailabilitySqlite::isAvailable(const WorkQuestion& question)
{
    return firstNumber(m_ask.get(), question) == 1;
}

qint64 AvailabilitySqlite::count(const WorkQuestion& cell)
{
    return firstNumber(m_count.get(), cell);
}

bool AvailabilitySqlite::change(const AvailabilityWorkload& workload, quint32 version)
{
    bool fits = run("BEGIN");
    for (const quint32 title : workload.changedTitles()) {
        fits = fits && bindAll(m_removeWindows.get(), {title}) && finish(m_removeWindows.get())
            && addTitle(workload, title, version);
    }
    return fits && run("COMMIT");
}

qint64 AvailabilitySqlite::bytes() const
{
    qint64 bytes = 1;
    for (const char* pragma : {"PRAGMA page_count", "PRAGMA page_size"}) {
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(m_database.get(), pragma, -1, &statement, nullptr);
        sqlite3_step(statement);
        bytes *= sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
    }
    return bytes;
}

bool AvailabilitySqlite::copyPages() const
{
    sqlite3* opened = nullptr;
    sqlite3_open(":memory:", &opened);
    const std::unique_ptr<sqlite3, Close> copy(opened);
    sqlite3_backup* backup = sqlite3_backup_init(copy.get(), "main", m_database.get(), "main");
    const bool done = backup && sqlite3_backup_step(backup, -1) == SQLITE_DONE;
    return sqlite3_backup_finish(backup) == SQLITE_OK && done;
}

} // namespace vidimus::workbench
