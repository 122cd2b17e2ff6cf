#include "core/checks/engine/freeze_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/luma_ops_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kScale = 1e-5;
/// A pulse differs by at most this multiple of the level; the same as the rule's break factor.
constexpr double kPulse = 3;
/// From this multiple on a difference only says "moves" and is stored as one code.
constexpr double kMoves = 4;
/// From here on every level stores the same.
constexpr double kEnough = kMoves * kFreezeLevels[std::size(kFreezeLevels) - 1];

qint32 codeOf(double difference, double level)
{
    // Rounded up: a code at the limit is a difference at or below it.
    return static_cast<qint32>(std::ceil(std::min(difference, level * kMoves) / kScale - 1e-9));
}

} // namespace

/// A picture that others are compared with: the decoder's own where it can be held, else a copy.
struct FreezeCheck::Kept {
    cv::Mat pixels;
    std::shared_ptr<const void> hold;
};

/// One frame against any number of references, each compared once.
class FreezeCheck::Comparer {
public:
    explicit Comparer(const Picture& picture)
        : m_source(picture)
        , m_picture(toMat(picture.luma))
    {
    }

    [[nodiscard]] double difference(const PicturePtr& reference)
    {
        for (const auto& [known, value] : m_known) {
            if (known == reference)
                return value;
        }
        // The first frame, and the first of another size, repeat nothing.
        const bool comparable
            = reference && reference->pixels.size() == m_picture.size() && reference->pixels.type() == m_picture.type();
        const double value = comparable ? measure(*reference) : 1;
        m_known.emplace_back(reference, value);
        return value;
    }

    /// The next frame is compared with \a reference while it is read for the other checks. No chain of more than
    /// \a level asks for it.
    void announce(const PicturePtr& reference, double level) const
    {
        const cv::Mat& pixels = reference->pixels;
        Luma luma;
        luma.data = reinterpret_cast<const std::byte*>(pixels.data);
        luma.stride = static_cast<std::ptrdiff_t>(pixels.step[0]);
        luma.width = pixels.cols;
        luma.height = pixels.rows;
        luma.bits = m_source.luma.bits;
        if (pixels.depth() == CV_8U && luma.bits == 8)
            m_source.compareNext({luma, reference, kMoves * level});
    }

    /// The frame for later, made once.
    [[nodiscard]] const PicturePtr& keep()
    {
        if (!m_kept) {
            auto hold = m_source.holdLuma();
            m_kept
                = std::make_shared<const Kept>(hold ? Kept {m_picture, std::move(hold)} : Kept {m_picture.clone(), {}});
        }
        return m_kept;
    }

private:
    [[nodiscard]] double measure(const Kept& reference) const
    {
        const auto measured = m_source.differenceFrom(reinterpret_cast<const std::byte*>(reference.pixels.data));
        return measured ? *measured : meanDifference(reference.pixels, m_picture, m_source.luma.bits, kEnough);
    }

    const Picture& m_source;
    cv::Mat m_picture;
    std::vector<std::pair<PicturePtr, double>> m_known;
    PicturePtr m_kept;
};

/// A picture that several chains share is written once: after it stands its number among \a known.
void FreezeCheck::archivePicture(StateArchive& archive, PicturePtr& picture, std::vector<PicturePtr>& known)
{
    constexpr std::size_t kNone = 0;
    const auto found = std::ranges::find(known, picture);
    auto number = static_cast<std::size_t>(found - known.begin()) + 1;
    if (!picture)
        number = kNone;
    archive(number);
    if (number > known.size() + 1)
        archive.refuse();
    if (!archive.isGood())
        return;
    if (number <= known.size()) {
        picture = number == kNone ? nullptr : known[number - 1];
        return;
    }
    const cv::Mat pixels = picture ? picture->pixels.clone() : cv::Mat(); // without gaps between rows
    int columns = pixels.cols;
    int rows = pixels.rows;
    int type = pixels.type();
    std::vector<std::uint8_t> bytes(pixels.datastart, pixels.dataend);
    archive(columns, rows, type, bytes);
    if (archive.isReading()) {
        const bool isLuma = type == CV_8UC1 || type == CV_16UC1;
        const std::size_t sample = type == CV_8UC1 ? 1 : 2;
        if (!archive.isGood() || !isLuma || columns <= 0 || rows <= 0
            || static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows) * sample != bytes.size()) {
            archive.refuse();
            return;
        }
        picture = std::make_shared<const Kept>(Kept {cv::Mat(rows, columns, type, bytes.data()).clone(), {}});
    }
    known.push_back(picture);
}

FreezeCheck::FreezeCheck() = default;
FreezeCheck::~FreezeCheck() = default;

std::unique_ptr<Check> FreezeCheck::create()
{
    return std::make_unique<FreezeCheck>();
}

void FreezeCheck::advance(Chain& chain, double level, Comparer& comparer)
{
    double difference = comparer.difference(chain.reference);
    if (chain.candidate && difference > level) {
        chain.differences.codes.setBack(codeOf(1, level)); // it was no pulse
        chain.reference = chain.candidate;
        difference = comparer.difference(chain.reference);
    }
    chain.candidate.reset();
    chain.differences.codes.push_back(codeOf(difference, level));
    if (difference <= level)
        return;
    if (difference <= level * kPulse)
        chain.candidate = comparer.keep();
    else
        chain.reference = comparer.keep();
}

void FreezeCheck::addFrame(const Picture& picture)
{
    Comparer comparer(picture);
    for (std::size_t level = 0; level < m_chains.size(); ++level)
        advance(m_chains[level], kFreezeLevels[level], comparer);
    for (std::size_t at = 0; at < m_chains.size(); ++at) {
        const PicturePtr& reference = m_chains[at].reference;
        const auto asks
            = [&](const Chain& chain) { return chain.reference == reference || chain.candidate == reference; };
        const auto last = std::ranges::find_if(m_chains.rbegin(), m_chains.rend(), asks);
        const auto first = std::ranges::find(m_chains, reference, &Chain::reference);
        if (reference && first - m_chains.begin() == std::ptrdiff_t(at))
            comparer.announce(reference, kFreezeLevels[m_chains.rend() - last - 1]);
    }
}

void FreezeCheck::addHole()
{
    // Neither a repetition nor a new reference.
    for (std::size_t level = 0; level < m_chains.size(); ++level) {
        m_chains[level].candidate.reset();
        m_chains[level].differences.codes.push_back(codeOf(1, kFreezeLevels[level]));
    }
}

void FreezeCheck::state(StateArchive& archive)
{
    std::vector<PicturePtr> pictures;
    for (Chain& chain : m_chains) {
        archive(chain.differences);
        archivePicture(archive, chain.reference, pictures);
        archivePicture(archive, chain.candidate, pictures);
    }
}

CheckMeasurement FreezeCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    for (std::size_t level = 0; level < m_chains.size(); ++level) {
        Series& differences = m_chains[level].differences;
        differences.scale = kScale;
        measurement.series[seriesName("difference", kFreezeLevels[level])] = std::move(differences);
    }
    return measurement;
}

} // namespace vidimus::checks::engine
