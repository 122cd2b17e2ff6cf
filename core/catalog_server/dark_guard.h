#pragma once

#include "core/catalog_server/compiled_availability.h"
#include "core/rights/resolver.h"

#include <QJsonArray>
#include <deque>
#include <optional>
#include <utility>

namespace vidimus::catalog_server {

/// Cells (title × country × offer) of a site: live now, and those that a write takes from it.
struct SiteLoss {
    QString site; ///< rights::kUnnamed: those that no rule names
    qint64 live = 0;
    qint64 lost = 0;
};
/// [{"site", "live", "lost", "lost_share"}].
[[nodiscard]] QJsonArray lossesJson(const std::vector<SiteLoss>& losses);

/// A change that waits for somebody else's word.
struct DarkHold {
    QString id;
    QString principal; ///< who wanted it
    QString what; ///< "titles/film/windows"
    std::vector<SiteLoss> losses; ///< of the last hour, this one included
    Instant at {};
};

/// Keeps one person from darkening a site by much, at once or drop by drop: what goes dark within an hour is counted
/// together. Beyond the share a write is held, and goes through when it is sent again after another person confirmed
/// it. Whoever owns it keeps saved() whenever takeChanged() says so, so that a restart forgets nothing and grants
/// nothing. Database's thread.
class DarkGuard {
public:
    /// \a share 0..1 of a site's live cells; 1: never holds.
    explicit DarkGuard(double share)
        : m_share(share)
    {
    }

    [[nodiscard]] bool isOn() const { return m_share < 1; }
    /// Notes the losses and lets the write go on, or gives the hold that stops it. \a losses are of this write alone,
    /// beside what is live in the picture of version \a picture; losses noted against the same picture are still live
    /// in it.
    [[nodiscard]] std::optional<DarkHold> check(const QString& principal, const QString& what,
        const std::vector<SiteLoss>& losses, qint64 picture, Instant now);
    /// Lets the holder's writes through for an hour. Errors: NotFound, Denied "same_person".
    [[nodiscard]] Result<DarkHold> confirm(const QString& id, const QString& principal, Instant now);
    [[nodiscard]] std::vector<DarkHold> holds(Instant now) const;
    /// Whether anything changed since the last time it was asked.
    [[nodiscard]] bool takeChanged() { return std::exchange(m_changed, false); }
    [[nodiscard]] QJsonObject saved() const;
    void restore(const QJsonObject& json);

    static constexpr std::chrono::hours kWindow {1};
    static constexpr qint64 kSmallCatalog = 20; ///< titles; one of so few is a large share, and no mass removal

private:
    struct Dark {
        QString site;
        qint64 cells = 0;
        qint64 picture = 0;
        Instant at {};
    };
    struct Allowance {
        QString principal;
        Instant until {};
    };
    void forgetOld(Instant now);

    double m_share;
    std::deque<Dark> m_dark;
    std::vector<DarkHold> m_holds;
    std::vector<Allowance> m_allowances;
    bool m_changed = false;
};

/// What goes dark of some titles when \a after holds. \a live of each site is not filled in.
[[nodiscard]] std::vector<SiteLoss> lossOf(
    const CompiledAvailability& before, const rights::Resolver& after, const QStringList& titles, Instant now);
/// What goes dark altogether, gains of the same site counted against it.
[[nodiscard]] std::vector<SiteLoss> lossOf(
    const CompiledAvailability& before, const CompiledAvailability& after, Instant now);
/// Fills in \a live. Some hundred milliseconds for a site of 300,000 titles.
void countLive(const CompiledAvailability& before, std::vector<SiteLoss>& losses, Instant now);

} // namespace vidimus::catalog_server
