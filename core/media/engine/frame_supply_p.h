#pragma once

#include "core/media/engine/decoded_window_p.h"
#include "core/media/engine/frame_reader_p.h"

#include <memory>
#include <optional>
#include <set>

namespace vidimus::media::engine {

/// Decoded frames of one file by number. Keeps those around the place that is looked at within a bound in bytes, and
/// can decode ahead of the wishes: forwards with the reader that serves them, backwards with a second one, so that
/// neither loses its place. One thread.
class FrameSupply {
public:
    /// \a index must outlive the supply; \a frameBytes: about what a decoded frame takes. \a fd, \a limits: for the
    /// second reader. Errors: as FrameReader::create().
    struct Source {
        int fd = -1;
        InputLimits limits;
        const PacketIndex* index = nullptr;
        bool maySkip = false; ///< see FrameReader
        qint64 frameBytes = 0;
    };
    [[nodiscard]] static Result<std::unique_ptr<FrameSupply>> create(
        std::unique_ptr<Input> input, const Source& source, qint64 capacityBytes);

    /// nullptr: not decoded. Valid until the next call that is not const.
    [[nodiscard]] const DecodedWindow::Kept* find(qint64 number) const { return m_window.find(number); }
    [[nodiscard]] qint64 bytes() const { return m_window.bytes(); }
    /// What is looked at now.
    void moveTo(qint64 number);
    /// Moves to \a number and decodes it. Errors: Corrupt (frame_not_decodable), Canceled, Io.
    [[nodiscard]] Result<const DecodedWindow::Kept*> bring(qint64 number, const CancelToken& cancel);
    /// Moves to \a number; that frame when it is there or will be very soon, else the first one on the way to it.
    [[nodiscard]] Result<const DecodedWindow::Kept*> bringFirst(qint64 number, const CancelToken& cancel);
    /// One packet's work on frames after the place; false: nothing to do.
    [[nodiscard]] bool prepareAhead(const CancelToken& cancel);
    /// The same for those before it.
    [[nodiscard]] bool prepareBehind(const CancelToken& cancel);
    /// The last move was a few frames back.
    [[nodiscard]] bool walksBack() const { return m_walksBack; }

private:
    FrameSupply(std::unique_ptr<FrameReader> reader, const Source& source, qint64 capacityBytes);
    [[nodiscard]] DecodedWindow::Range wanted() const;
    /// Frames before this one need not be decoded on the way to the place.
    [[nodiscard]] qint64 firstKept() const;
    [[nodiscard]] FrameReader& readerFor(qint64 number);
    /// One packet; the frames that come out go into the window. \a first: kept wherever it lies, and named.
    [[nodiscard]] Result<bool> advance(
        FrameReader& from, qint64 firstKept, const CancelToken& cancel, std::optional<qint64>* first = nullptr);
    /// Reads on until \a number is in the window; false when it did not come.
    [[nodiscard]] Result<bool> readOn(FrameReader& from, qint64 number, const CancelToken& cancel);
    [[nodiscard]] Result<void> decode(qint64 number, const CancelToken& cancel);
    [[nodiscard]] bool openFiller(const CancelToken& cancel);
    /// One packet on the way to \a missing.
    void workTowards(FrameReader& from, qint64 missing, qint64 firstKept, const CancelToken& cancel);

    Source m_source;
    std::unique_ptr<FrameReader> m_reader;
    std::unique_ptr<FrameReader> m_filler; ///< decodes what lies before the place; made when first wanted
    bool m_noFiller = false;
    bool m_filling = false;
    std::set<qint64> m_lost; ///< frames that idle work did not get
    DecodedWindow m_window;
    qint64 m_place = 0;
    bool m_walksBack = false;
};

} // namespace vidimus::media::engine
