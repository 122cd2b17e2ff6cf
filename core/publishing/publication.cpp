#include "core/publishing/publication.h"

#include <array>
#include <optional>

namespace vidimus::publishing {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kNames {"planned", "building", "announced", "live", "failed", "withdrawn"};

std::optional<PublicationState> next(PublicationState state, PublicationEvent event)
{
    using S = PublicationState;
    switch (event) {
    case PublicationEvent::Plan:
        // A withdrawn or failed title may be planned anew.
        return state == S::Planned || state == S::Failed || state == S::Withdrawn ? std::optional(S::Planned)
                                                                                  : std::nullopt;
    case PublicationEvent::Build:
        return state == S::Planned || state == S::Building ? std::optional(S::Building) : std::nullopt;
    case PublicationEvent::Announce:
        if (state == S::Live)
            return S::Live;
        return state == S::Planned || state == S::Building || state == S::Announced ? std::optional(S::Announced)
                                                                                    : std::nullopt;
    case PublicationEvent::SeeLive:
        return state == S::Announced || state == S::Live ? std::optional(S::Live) : std::nullopt;
    case PublicationEvent::Fail:
        return state == S::Live || state == S::Withdrawn ? std::nullopt : std::optional(S::Failed);
    case PublicationEvent::Withdraw:
        return S::Withdrawn;
    }
    return std::nullopt;
}

} // namespace

Result<PublicationState> advance(PublicationState state, PublicationEvent event)
{
    if (const auto after = next(state, event))
        return *after;
    return Error {ErrorCode::Conflict,
        u"a publication that is %1 cannot take this step"_s.arg(QLatin1StringView(publicationStateName(state))),
        "publication_step"};
}

const char* publicationStateName(PublicationState state)
{
    return kNames.at(static_cast<std::size_t>(state));
}

Result<PublicationState> publicationStateFromName(QByteArrayView name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (name == QByteArrayView(kNames[i]))
            return static_cast<PublicationState>(i);
    }
    return Error {ErrorCode::Invalid,
        u"not a publication state: %1"_s.arg(QString::fromUtf8(name.toByteArray().left(40))), "bad_state"};
}

} // namespace vidimus::publishing
