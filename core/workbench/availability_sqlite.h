#pragma once

#include "core/base/result.h"
#include "core/workbench/availability_workload.h"

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace vidimus::workbench {

/// The workload in SQLite, in memory: one row a window, sets of countries, sites and offers in tables that windows
/// share (the fastest of the layouts that the rights reference measured). For comparison only. One thread.
class AvailabilitySqlite {
public:
    /// Errors: Internal with SQLite's own words.
    [[nodiscard]] static Result<std::unique_ptr<AvailabilitySqlite>> create(const AvailabilityWorkload& workload);
    ~AvailabilitySqlite();
    Q_DISABLE_COPY_MOVE(AvailabilitySqlite)

    [[nodiscard]] bool isAvailable(const WorkQuestion& question);
    [[nodiscard]] qint64 count(const WorkQuestion& cell);
    /// Takes the 100 changed titles in another version, in one transaction.
    [[nodiscard]] bool change(const AvailabilityWorkload& workload, quint32 version);
    [[nodiscard]] qint64 bytes() const;
    /// Copies all pages into a second database, which is how one that was sent is taken into use.
    [[nodiscard]] bool copyPages() const;

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;
    struct Sets;

    AvailabilitySqlite();
    [[nodiscard]] bool run(const char* sql);
    [[nodiscard]] Statement prepare(const char* sql);
    [[nodiscard]] bool prepareAll();
    [[nodiscard]] bool addTitle(const AvailabilityWorkload& workload, quint32 title, quint32 version);
    [[nodiscard]] bool addMember(Statement& statement, qint64 set, qint64 member);
    [[nodiscard]] qint64 countrySet(const WorkCountries& countries, bool& fits);
    [[nodiscard]] qint64 smallSet(quint32 names, bool sites, bool& fits);
    [[nodiscard]] Error failure() const;

    std::unique_ptr<sqlite3, Close> m_database;
    Statement m_ask, m_count, m_addWindow, m_removeWindows, m_addCountry, m_addSite, m_addOffer;
    std::unique_ptr<Sets> m_sets;
};

} // namespace vidimus::workbench
