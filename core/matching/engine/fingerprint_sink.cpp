#include "core/matching/engine/fingerprint_sink.h"

#include "core/base/state_archive.h"
#include "core/matching/engine/content_area.h"

#include <QtEndian>
#include <cmath>

namespace vidimus::matching::engine {

using media::engine::PictureWish;
using namespace Qt::StringLiterals;

namespace {

/// Bars are looked for in this many pictures together: about a quarter of a minute, a few MiB.
constexpr std::size_t kPicturesTogether = 64;

bool isRgb(const media::VideoStream& video)
{
    for (const char* name : {"rgb", "bgr", "gbr", "argb", "abgr", "pal8", "0rgb", "0bgr"}) {
        if (video.pixelFormat.startsWith(QLatin1StringView(name)))
            return true;
    }
    return false;
}

std::vector<Turn> turnsOf(const media::Orientation& orientation)
{
    std::vector<Turn> turns;
    if (orientation.mirrored)
        turns.push_back(Turn::LeftRight);
    switch (orientation.clockwiseDegrees) {
    case 90:
        turns.push_back(Turn::Clockwise90);
        break;
    case 180:
        turns.push_back(Turn::HalfTurn);
        break;
    case 270:
        turns.push_back(Turn::Clockwise270);
        break;
    default:
        break;
    }
    return turns;
}

Coefficients uprightCoefficients(const Grid& grid, const std::vector<Turn>& turns)
{
    Coefficients coefficients = dctOf(grid);
    for (const Turn turn : turns)
        coefficients = turned(coefficients, turn);
    return coefficients;
}

/// A file of one picture that is no video: a demuxer of images, or a single frame.
bool isImage(const media::engine::PassStart& start)
{
    return start.index.count() == 1 && start.facts.audio.empty();
}

Milliseconds millisecondsOf(Rational time)
{
    return Milliseconds(std::llround(time.toDouble() * 1000.0));
}

} // namespace

FingerprintSink::FingerprintSink(const FingerprintOptions& options)
    : m_options(options)
{
}

std::vector<PictureWish> FingerprintSink::wishes(const media::MediaFacts& facts) const
{
    const media::VideoStream* video = facts.programmeVideo();
    if (video == nullptr)
        return {};
    return {{.form = isRgb(*video) ? PictureWish::Form::Bgra : PictureWish::Form::Native, .bounds = {}}};
}

Result<void> FingerprintSink::begin(const media::engine::PassStart& start)
{
    m_fingerprint.kind = isImage(start) ? FingerprintKind::Image : FingerprintKind::Video;
    if (const media::VideoStream* video = start.facts.programmeVideo())
        m_upright = turnsOf(video->orientation);
    if (m_fingerprint.kind == FingerprintKind::Video)
        m_fingerprint.duration = millisecondsOf(start.index.endTime());
    return {};
}

Result<void> FingerprintSink::picture(const media::engine::PictureSet& pictures)
{
    const media::FrameView& view = pictures[0];
    if (view.number < m_nextFrame)
        return {};
    auto looked = look(view);
    m_nextFrame = view.number + 1;
    if (looked && !view.damaged && m_checkpointClock.isDue(m_checkpoints)) {
        m_checkpointClock.take(m_checkpoints, [this] {
            StateArchive archive;
            describe(archive);
            return qCompress(archive.take(), 1); // fast
        });
    }
    return looked;
}

void FingerprintSink::describe(StateArchive& archive)
{
    quint32 format = 1;
    archive(format, m_nextFrame, m_nextGrid, m_nextLook, m_fingerprint.frames, m_fingerprint.turned, m_thumbnails);
    if (format != 1 || m_nextFrame < 1 || m_thumbnails.size() > m_fingerprint.frames.size())
        archive.refuse();
}

Result<qint64> FingerprintSink::resumeFrom(const QByteArray& state)
{
    constexpr quint32 kMostBytes = 1U << 30;
    // qCompress() begins with the length of what it holds.
    const bool isBounded = state.size() >= 4 && qFromBigEndian<quint32>(state.constData()) <= kMostBytes;
    StateArchive archive(isBounded ? qUncompress(state) : QByteArray());
    describe(archive);
    if (!archive.isFinished())
        return Error {ErrorCode::Corrupt, u"the pass cannot go on from this state"_s, "resume_refused"};
    return m_nextFrame;
}

Result<void> FingerprintSink::look(const media::FrameView& view)
{
    const Milliseconds time = std::max(Milliseconds(0), millisecondsOf(view.time));
    const bool onGrid = time >= m_nextGrid;
    if (view.damaged || (!onGrid && time < m_nextLook))
        return {};
    const Grid* grid = m_grid.of(view);
    if (grid == nullptr)
        return {};
    m_nextLook = time + m_options.spacing;
    const Coefficients coefficients = uprightCoefficients(*grid, m_upright);
    FingerprintFrame frame {.time = time, .frame = view.number, .hash = hashOf(coefficients), .content = {}};
    const auto& kept = m_fingerprint.frames;
    if (!onGrid && !kept.empty() && distance(kept.back().hash, frame.hash) <= m_options.drift)
        return {};
    frame.quality = qualityOf(*grid);
    if (onGrid)
        m_nextGrid = (time / m_options.grid + 1) * m_options.grid;
    if (m_fingerprint.kind == FingerprintKind::Image) {
        for (const Turn turn : kTurns) {
            if (turn != Turn::None)
                m_fingerprint.turned.push_back(hashOf(turned(coefficients, turn)));
        }
    }
    if (qsizetype(kept.size()) < kMaxFingerprintFrames)
        keep(view, frame);
    return {};
}

void FingerprintSink::keep(const media::FrameView& view, const FingerprintFrame& frame)
{
    Thumbnail thumbnail = thumbnailOf(view);
    const bool another = !m_thumbnails.empty()
        && (m_thumbnails.front().width != thumbnail.width || m_thumbnails.front().height != thumbnail.height);
    if (another || m_thumbnails.size() >= kPicturesTogether)
        hashContent();
    m_fingerprint.frames.push_back(frame);
    m_thumbnails.push_back(std::move(thumbnail));
}

void FingerprintSink::hashContent()
{
    auto frame = m_fingerprint.frames.end() - static_cast<std::ptrdiff_t>(m_thumbnails.size());
    const ContentArea area = contentAreaOf(m_thumbnails);
    LumaGrid grids;
    for (const Thumbnail& thumbnail : m_thumbnails) {
        const bool whole = area.width == thumbnail.width && area.height == thumbnail.height;
        media::FrameView view;
        view.width = area.width;
        view.height = area.height;
        view.planes[0] = {.data = reinterpret_cast<const std::byte*>(thumbnail.row(area.top) + area.left),
            .strideBytes = thumbnail.width,
            .width = area.width,
            .height = area.height};
        const Grid* grid = whole ? nullptr : grids.of(view);
        frame->content = grid == nullptr ? frame->hash : hashOf(uprightCoefficients(*grid, m_upright));
        ++frame;
    }
    m_thumbnails.clear();
}

Result<void> FingerprintSink::end()
{
    hashContent();
    return {};
}

} // namespace vidimus::matching::engine
