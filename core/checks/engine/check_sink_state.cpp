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

constexpr quint32 kFormat = 1;
constexpr quint32 kMostBytes = 1U << 30; ///< of a state
constexpr int kFast = 1; ///< of zlib's levels

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
    StateArchive archive;
    archive(header, m_holes, m_lastKey, m_products);
    for (RunningCheck& running : m_checks)
        running.check->state(archive);
    return qCompress(archive.take(), kFast);
}

Result<qint64> CheckSink::resumeFrom(const QByteArray& state)
{
    // qCompress() begins with the length of what it holds.
    if (state.size() < 4 || qFromBigEndian<quint32>(state.constData()) > kMostBytes)
        return resumeRefused();
    m_resumed = qUncompress(state);
    StateArchive archive(m_resumed);
    Header header;
    archive(header);
    if (!archive.isGood() || header.format != kFormat || header.nextFrame < 1 || header.nextFrame > header.frames)
        return resumeRefused();
    return header.nextFrame - 1;
}

Result<void> CheckSink::takeState()
{
    StateArchive archive(std::exchange(m_resumed, {}));
    Header header;
    archive(header, m_holes, m_lastKey, m_products);
    bool fits
        = archive.isGood() && header.frames == m_programme.clock.count() && header.checks.size() == m_checks.size();
    for (std::size_t i = 0; i < m_checks.size() && fits; ++i) {
        m_checks[i].check->state(archive);
        fits = header.checks[i] == m_checks[i].id;
    }
    if (!fits || !archive.isFinished())
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
