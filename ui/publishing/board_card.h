#pragma once

#include "core/jobs/job.h"
#include "core/workbench/publish.h"
#include "ui/widgets/gate_strip.h"
#include "ui/widgets/tokens.h"

#include <QHash>
#include <array>
#include <span>

namespace vidimus::ui::publishing {

enum class BoardColumn { InChecks, Blocked, Ready, GoingOut, Live };
inline constexpr std::size_t kBoardColumns = 5;

/// The job that holds up or prepares a version now, if there is one.
struct TitleWork {
    QByteArray kind; ///< "check", "transcode"; empty: nothing is queued or runs
    bool running = false;
    bool paused = false;
    double share = 0; ///< 0..1
};

/// What a card says of a title.
struct BoardCard {
    TitleId title;
    AssetId asset;
    QString name;
    QString second; ///< "Clip, v2"
    BoardColumn column = BoardColumn::Blocked;
    std::vector<widgets::GateState> strip; ///< in the order of the gates
    QString icon;
    QString word; ///< "1 blocker, 2 warnings"
    widgets::Ink ink = widgets::Ink::Second;
    QString date; ///< "In AT, CH, DE", "From 1 Dec 06:00Z", "20 Nov 18:00Z"
    Instant since {}; ///< orders the columns Going out and Live, newest first

    friend bool operator==(const BoardCard&, const BoardCard&) = default;
};

/// Pure. Times are shown in UTC.
[[nodiscard]] BoardCard cardOf(const workbench::TitleOnBoard& title, const TitleWork& work);

using BoardColumns = std::array<std::vector<BoardCard>, kBoardColumns>;
/// Cards of all titles in their columns: by name, and newest first where they are out.
[[nodiscard]] BoardColumns boardColumns(
    std::span<const workbench::TitleOnBoard> titles, const QHash<AssetId, TitleWork>& work);
/// What is queued, runs or is paused for each asset; the running one counts where there are several.
[[nodiscard]] QHash<AssetId, TitleWork> workOf(std::span<const jobs::Job> jobs);
/// The asset that a job works on; empty when it has none.
[[nodiscard]] AssetId assetOf(const jobs::Job& job);

[[nodiscard]] QString columnTitle(BoardColumn column);
[[nodiscard]] widgets::GateState stripState(vidimus::publishing::GateState state);

} // namespace vidimus::ui::publishing
