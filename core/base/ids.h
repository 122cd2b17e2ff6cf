#pragma once

#include <QHashFunctions>
#include <QString>
#include <compare>
#include <utility>

namespace vidimus {

/// A text identifier that cannot be mixed up with another kind. Ids we make are UUIDv7 (RFC 9562); ids that come from
/// outside (a licensor's title id) are kept as they are. Empty means "none".
template<class Tag>
class Id {
public:
    Id() = default;
    explicit Id(QString text)
        : m_text(std::move(text))
    {
    }
    [[nodiscard]] const QString& toString() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }

    friend bool operator==(const Id&, const Id&) = default;
    friend std::strong_ordering operator<=>(const Id& a, const Id& b)
    {
        const int order = QString::compare(a.m_text, b.m_text);
        return order < 0 ? std::strong_ordering::less
            : order > 0  ? std::strong_ordering::greater
                         : std::strong_ordering::equal;
    }
    friend size_t qHash(const Id& id, size_t seed = 0) { return ::qHash(id.m_text, seed); }

private:
    QString m_text;
};

using TitleId = Id<struct TitleTag>;
using AssetId = Id<struct AssetTag>;
using WindowId = Id<struct WindowTag>; ///< a grant or a restriction
using DealId = Id<struct DealTag>;
using DecisionId = Id<struct DecisionTag>;
using JobId = Id<struct JobTag>;
using OperationId = Id<struct OperationTag>; ///< an outbox operation; doubles as its Idempotency-Key
using PublicationId = Id<struct PublicationTag>;
using PersonId = Id<struct PersonTag>;

/// A new UUIDv7: 48 bits of milliseconds, then random bits. Text order follows time order. Any thread.
[[nodiscard]] QString newUuid();

template<class T>
[[nodiscard]] T newId()
{
    return T(newUuid());
}

} // namespace vidimus
