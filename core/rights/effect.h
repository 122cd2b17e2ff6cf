#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/rights/resolver.h"

#include <QJsonObject>
#include <vector>

namespace vidimus::rights {

/// The cells that answers are compared over.
struct Universe {
    QStringList countries; ///< "RU", "CA-QC"
    QStringList sites;
    QStringList offers;
    std::vector<Instant> instants;
};

struct Cell {
    TitleId title;
    QString country;
    QString site;
    QString offer;
    Instant at {};
    friend bool operator==(const Cell&, const Cell&) = default;
};

struct CellChanges {
    std::vector<Cell> gained;
    std::vector<Cell> lost;
};

/// A block of cells: countries × sites × offers × [from, to). "*" among sites or offers stands for the names that
/// neither rule set knows, and for nothing else; a block of all names has "*" and every known one.
struct CellRange {
    TitleId title;
    QStringList countries;
    QStringList sites;
    QStringList offers;
    Window window;
    bool allSites = false; ///< every site there is: the known ones and "*"
    bool allOffers = false;
    friend bool operator==(const CellRange&, const CellRange&) = default;
};

/// What changes for whom. Ranges are disjoint.
struct Effects {
    std::vector<CellRange> gained;
    std::vector<CellRange> lost;
    qint64 titlesChanged = 0;
    qint64 liveLost = 0; ///< cells (country × site × offer) available at \a now that stop being so
    qint64 liveGained = 0;
};

/// Answers, not rules, are compared: two rule sets with equal answers give nothing. Pure; any thread.
[[nodiscard]] CellChanges compareAnswers(
    const Resolver& before, const Resolver& after, const std::vector<TitleId>& titles, const Universe& universe);
/// The same over all time, the countries assigned (and subdivisions and XX where a rule names them), and the sites and
/// offers that either rule set names. Errors: Canceled.
[[nodiscard]] Result<Effects> effectOf(
    const Resolver& before, const Resolver& after, Instant now, const CancelToken& cancel = {});
/// {"gained": [{"title", "countries", "sites", "offers", "all_sites", "all_offers", "from", "to"}], "lost": […],
/// "titles_changed", …}.
[[nodiscard]] QJsonObject toJson(const Effects& effects);

} // namespace vidimus::rights
