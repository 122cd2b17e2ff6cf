#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QIODevice>
#include <memory>

struct zip;
struct zip_file;

namespace vidimus::avails {

/// What an untrusted archive may cost (promise R29).
inline constexpr qint64 kMaxUnpackedBytes = 200LL * 1024 * 1024;
inline constexpr qint64 kMaxArchiveParts = 10'000;
inline constexpr qint64 kMaxRatio = 100; ///< unpacked to packed, of a part larger than kRatioFrom
inline constexpr qint64 kRatioFrom = 1024 * 1024;

/// A zip file in memory, read part by part. No part is written anywhere, and no archive within it is opened.
class ZipArchive {
public:
    /// \a bytes must outlive the archive. Errors: Invalid (not a zip, inconsistent, encrypted), LimitExceeded.
    [[nodiscard]] static Result<ZipArchive> open(const QByteArray& bytes);
    ZipArchive(ZipArchive&&) noexcept;
    ~ZipArchive();

    [[nodiscard]] bool has(const QByteArray& name) const;
    /// The part as a stream that ends, with an error state (partError()), where a limit is passed.
    [[nodiscard]] Result<std::unique_ptr<QIODevice>> part(const QByteArray& name);
    /// Why a stream of this archive ended early, if one did.
    [[nodiscard]] Result<void> partError() const;

private:
    struct State;
    explicit ZipArchive(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace vidimus::avails
