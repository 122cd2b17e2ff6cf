#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/rights/rule_set.h"

#include <QJsonObject>
#include <QStringList>
#include <optional>
#include <vector>

namespace vidimus::rights {

/// Something the viewer bought or rented earlier.
struct Entitlement {
    QString kind; ///< "est" (bought) plays without end; any other kind needs expiresAt
    std::optional<Instant> acquiredAt;
    std::optional<Instant> expiresAt;

    [[nodiscard]] bool isValidAt(Instant at) const;
};

/// One question. A viewer with several offers asks once per offer.
struct Query {
    TitleId title;
    QString country; ///< ISO 3166-1 alpha-2, or XX
    QString subdivision; ///< ISO 3166-2, or empty
    QString site;
    QString offer;
    Instant at {};
    std::optional<int> viewerMaxAge; ///< years; none: no age limit asked
    std::optional<Entitlement> entitlement;
    Question question = Question::Playable;
};

/// Why something is not available. The names of reasonCode() are the interface.
enum class Reason {
    None,
    UnknownTitle,
    Takedown,
    Regulatory,
    Blackout,
    Holdback,
    Embargo,
    Rating,
    NoRights,
    Status,
    Territory,
    Site,
    Offer,
    NotYet,
    Expired,
    EmptyWindow,
    NoAvailableChild,
};

/// "NOT_YET"; empty for None.
[[nodiscard]] QString reasonCode(Reason reason);

struct Answer {
    bool available = false;
    Reason reason = Reason::None;
    WindowId termsFrom; ///< the grant that decides the terms; empty when none does (not available, owned, container)
    WindowId decidedBy; ///< the restriction that denies; empty otherwise
    std::vector<WindowId> warnings; ///< soft restrictions that match, in order of id
    friend bool operator==(const Answer&, const Answer&) = default;
};

/// {"title", "country", "subdivision"?, "site", "offer", "at", "viewer_max_age"?, "entitlement"?,
/// "question"?}. Errors: Invalid.
[[nodiscard]] Result<Query> queryFromJson(const QJsonObject& json, const QString& path = {});
[[nodiscard]] QJsonObject toJson(const Query& query);
/// {"available", "reason", "terms_from", "decided_by", "warnings"}; null where there is none.
[[nodiscard]] QJsonObject toJson(const Answer& answer);

} // namespace vidimus::rights
