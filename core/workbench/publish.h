#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/publishing/gate.h"
#include "core/publishing/publication.h"
#include "core/rights/rule_set.h"

#include <optional>
#include <vector>

namespace vidimus::workbench {

class Workspace;

/// How far a publication is known to be true: each step has its instant once it happened.
struct PublicationSteps {
    std::optional<Instant> stored; ///< on this machine
    std::optional<Instant> sent; ///< left the outbox
    std::optional<Instant> accepted; ///< the catalog said so
    std::optional<Instant> seenLive; ///< by our own fetch
};

/// A title on the publish page.
struct TitleOnBoard {
    TitleId title;
    QString name;
    rights::TitleKind kind = rights::TitleKind::Film;
    AssetId asset; ///< newest version; empty: none
    int versions = 0; ///< how many there are of it; the newest is the one to publish
    std::vector<publishing::Gate> gates;
    std::optional<publishing::PublicationState> state; ///< none: never published
    PublicationSteps steps;
    QString liveUrl; ///< the HLS master playlist; empty unless it is out
    QString pageUrl; ///< the page on which a visitor watches it
};

/// A part of the board, in the order of the titles' ids.
struct BoardPage {
    std::vector<TitleOnBoard> titles;
    TitleId next; ///< what to give as "after" for the rest; empty: this was the end
};
inline constexpr int kBoardPage = 200;
/// The titles that come after \a after with their gates at \a at, at most \a limit; to evaluate the gates of all of a
/// large library at once would keep a person waiting. Errors: Io, Corrupt.
[[nodiscard]] Result<BoardPage> publishBoard(
    Workspace& workspace, Instant at, const TitleId& after = {}, int limit = kBoardPage);
[[nodiscard]] Result<TitleOnBoard> titleOnBoard(Workspace& workspace, const TitleId& title, Instant at);

/// Compares the original with the hash it was ingested by, stores the publication and queues it; it leaves with the
/// next sync. Errors: Denied, Conflict (reason "gates": a gate blocks), Corrupt (reason "original_damaged"), NotFound,
/// Io.
[[nodiscard]] Result<TitleOnBoard> publishTitle(Workspace& workspace, const TitleId& title, Instant at);
/// Takes down; passes everything else that waits. Errors: Denied, NotFound (not published), Io.
[[nodiscard]] Result<TitleOnBoard> withdrawTitle(Workspace& workspace, const TitleId& title, const QString& reason);
/// Fetches the live address and notes that it was seen. Errors: Unavailable, Conflict (it does not answer as it
/// should).
[[nodiscard]] Result<TitleOnBoard> verifyLive(Workspace& workspace, const TitleId& title);

} // namespace vidimus::workbench
