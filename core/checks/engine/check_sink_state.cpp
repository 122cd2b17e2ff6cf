#include "core/checks/engine/check_registry.h"
#include "core/checks/engine/check_sink.h"
#include "core/checks/engine/check_state_p.h"

#include <QCryptographicHash>
#include <QtEndian>
#include <algorithm>
#include <utility>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 kFormat = 2;
constexpr quint32 kMostBytes = 1U << 28; ///< of what one check keeps
// zlib's levels. Pictures hardly shrink, and would take longer than all else of a state.
constexpr int kFast = 1; ///< level of compression: long series shrink to a third or less

struct Header {
    quint32 format = kFormat;
    std::vector<QString> checks; ///< ids, in their order
    qint64 frames = 0; ///< of the whole programme
    qint64 nextFrame = 0;
    PictureDigest picture {}; ///< of the frame before

    void state(StateArchive& archive) { archive(format, checks, frames, nextFrame, picture); }
};

PictureDigest digestOf(const media::FrameView& view)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (int n = 0; n < media::planeCountOf(view.format); ++n) {
        const media::PlaneView& plane = view.planes[static_cast<std::size_t>(n)];
        const auto rowBytes = qsizetype(plane.width) * media::bytesPerSampleOf(view.format);
        for (int y = 0; y < plane.height; ++y)
            hash.addData(QByteArrayView(plane.data + plane.strideBytes * y, rowBytes));
    }
    PictureDigest digest {};
    const QByteArray result = hash.result();
    std::copy(result.begin(), result.end(), digest.begin());
    return digest;
}

/// Each packed by itself, so that no more than one lies in memory at its full length.
QByteArray packed(StateArchive& archive)
{
    return qCompress(archive.take(), kFast);
}

/// What packed() gave; what it did not leaves nothing to read.
StateArchive unpacked(const QByteArray& bytes)
{
    // qCompress() begins with the length of what it holds.
    const bool isBounded = bytes.size() >= 4 && qFromBigEndian<quint32>(bytes.constData()) <= kMostBytes;
    return StateArchive(isBounded ? qUncompress(bytes) : QByteArray());
}

Error resumeRefused()
{
    return Error {ErrorCode::Corrupt, u"the pass cannot go on from this state"_s, "resume_refused"};
}

} // namespace

QByteArray CheckSink::stateAfter(const media::FrameView& picture)
{
    Header header {.checks = {}, .frames = m_programme.clock.count(), .nextFrame = m_nextFrame, .picture = {}};
    for (const RunningCheck& running : m_checks)
        header.checks.push_back(running.id);
    header.picture = digestOf(picture);
    StateArchive head;
    head(header, m_holes, m_lastKey, m_products);
    // As an archive of a list of parts is, without a second copy of them all.
    QByteArray whole;
    whole.reserve(m_stateBytes + m_stateBytes / 8);
    const auto append = [&whole](auto count) { whole.append(reinterpret_cast<const char*>(&count), sizeof(count)); };
    const auto add = [&](const QByteArray& part) {
        append(part.size());
        whole.append(part);
    };
    append(std::size_t(m_checks.size() + 1));
    add(packed(head));
    for (RunningCheck& running : m_checks) {
        StateArchive archive;
        running.check->state(archive);
        add(packed(archive));
    }
    m_stateBytes = whole.size();
    return whole;
}

Result<qint64> CheckSink::resumeFrom(const QByteArray& state)
{
    StateArchive whole(state);
    whole(m_resumed);
    if (!whole.isFinished() || m_resumed.empty())
        return resumeRefused();
    StateArchive head = unpacked(m_resumed.front());
    Header header;
    head(header);
    if (!head.isGood() || header.format != kFormat || header.nextFrame < 1 || header.nextFrame > header.frames)
        return resumeRefused();
    return header.nextFrame - 1;
}

Result<void> CheckSink::takeState()
{
    const std::vector<QByteArray> parts = std::exchange(m_resumed, {});
    StateArchive head = unpacked(parts.front());
    Header header;
    head(header, m_holes, m_lastKey, m_products);
    bool fits = head.isFinished() && header.frames == m_programme.clock.count()
        && header.checks.size() == m_checks.size() && parts.size() == m_checks.size() + 1;
    for (std::size_t i = 0; i < m_checks.size() && fits; ++i) {
        StateArchive archive = unpacked(parts[i + 1]);
        m_checks[i].check->state(archive);
        fits = header.checks[i] == m_checks[i].id && archive.isFinished();
    }
    if (!fits)
        return resumeRefused();
    m_nextFrame = header.nextFrame;
    m_seenBefore = header.picture;
    return {};
}

Result<void> CheckSink::compareResumed(const media::FrameView& picture)
{
    if (picture.number < m_nextFrame - 1)
        return {};
    const PictureDigest expected = *std::exchange(m_seenBefore, std::nullopt);
    const bool same = picture.number == m_nextFrame - 1 && !picture.damaged && digestOf(picture) == expected;
    return same ? Result<void>() : Result<void>(resumeRefused());
}

Result<void> CheckSink::requireResumed() const
{
    return m_seenBefore ? Result<void>(resumeRefused()) : Result<void>();
}

} // namespace vidimus::checks::engine
