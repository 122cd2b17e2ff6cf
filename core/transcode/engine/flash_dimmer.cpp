#include "core/transcode/engine/flash_dimmer_p.h"

#include "core/checks/engine/flash_light.h"
#include "core/media/engine/pass.h"
#include "core/transcode/engine/yuv_planes_p.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kHalfWindowSeconds = 0.5; // a second in all: the standards count flashes in a second
constexpr std::size_t kMostValues = 128 * 1024 * 1024; // of 16 bits
/// Cells of the longer side, the first that fits the memory: 8, 16, 32 … pixels at 1080p.
constexpr std::array kGrids {160, 80, 40, 20};

int gridFor(double pictures)
{
    for (const int grid : kGrids) {
        if (pictures * grid * grid <= static_cast<double>(kMostValues))
            return grid;
    }
    return 0;
}

checks::engine::Luma lumaOf(const media::FrameView& view)
{
    const media::PlaneView& plane = view.planes[0];
    return {plane.data, plane.strideBytes, plane.width, plane.height, media::bitDepthOf(view.format),
        media::effectiveRange(view.color) == media::ColorRange::Full};
}

} // namespace

/// Films the cells of the scenes.
class CellSink : public media::engine::FrameSink {
public:
    CellSink(FlashDimmer& dimmer, const checks::FlashStandard& standard, int grid)
        : m_dimmer(dimmer)
        , m_standard(standard)
        , m_grid(grid)
    {
    }

    [[nodiscard]] std::vector<media::engine::PictureWish> wishes(const media::MediaFacts&) const override
    {
        return {{}};
    }

    [[nodiscard]] Result<void> picture(const media::engine::PictureSet& pictures) override
    {
        const media::FrameView& view = pictures[0];
        const auto scene = std::ranges::find_if(m_dimmer.m_scenes, [&](const FlashDimmer::Scene& each) {
            return view.number >= each.firstMeasured && view.number <= each.span.last + m_around;
        });
        if (scene == m_dimmer.m_scenes.end())
            return {};
        const checks::engine::Luma luma = lumaOf(view);
        checks::engine::measureCells(view, luma, m_grid, m_cells);
        m_light.begin(m_cells, view, luma);
        const std::vector<float>& light = m_light.luminance(m_standard.transfer);
        CellFilm& film = scene->film;
        if (film.cells != 0 && film.cells != light.size())
            return Error {ErrorCode::Unsupported, u"the picture changes its size"_s, "picture_changes"};
        m_dimmer.m_side = m_cells.side;
        m_dimmer.m_columns = m_cells.columns;
        m_dimmer.m_rows = m_cells.rows;
        film.cells = light.size();
        // Relative light is a part of white as it is.
        const double white = m_standard.transfer == checks::FlashTransfer::Srgb ? 1.0 : m_standard.peak;
        // A frame that could not be decoded shines like the one before it.
        const auto at = static_cast<std::size_t>(view.number - scene->firstMeasured);
        while (film.pictures() <= at) {
            const std::size_t first = film.values.size();
            film.values.resize(first + film.cells);
            std::ranges::transform(light, film.values.begin() + static_cast<std::ptrdiff_t>(first), [&](float nits) {
                return static_cast<std::uint16_t>(std::clamp(nits / white, 0.0, 1.0) * CellFilm::kOne + 0.5);
            });
        }
        return {};
    }

    void setAround(qint64 frames) { m_around = frames; }

private:
    FlashDimmer& m_dimmer;
    const checks::FlashStandard& m_standard;
    int m_grid;
    qint64 m_around = 0;
    checks::engine::FlashCells m_cells;
    checks::engine::FlashLight m_light;
};

namespace {

/// Pictures of half the window.
qint64 halfWindow(const media::engine::Input& input)
{
    const AVRational rate = input.context()->streams[input.bestVideo()]->avg_frame_rate;
    const double perSecond = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 25.0;
    return std::clamp<qint64>(std::llround(kHalfWindowSeconds * perSecond), 2, 250);
}

template<class Sample>
void dimRow(Sample* row, int width, int shift, int base, const std::vector<float>& gains, int side)
{
    const int last = static_cast<int>(gains.size()) - 1;
    for (int x = 0; x < width; ++x) {
        const float at = (static_cast<float>((2 * x + 1) << shift) * 0.5F) / static_cast<float>(side) - 0.5F;
        const int cell = std::clamp(static_cast<int>(std::floor(at)), 0, last);
        const float part = std::clamp(at - static_cast<float>(cell), 0.0F, 1.0F);
        const float gain = gains[static_cast<std::size_t>(cell)]
            + part
                * (gains[static_cast<std::size_t>(std::min(cell + 1, last))] - gains[static_cast<std::size_t>(cell)]);
        if (gain < 1) {
            const float value = static_cast<float>(row[x] - base) * gain;
            row[x] = static_cast<Sample>(std::max(0, base + static_cast<int>(std::lround(value))));
        }
    }
}

} // namespace

Result<FlashDimmer> FlashDimmer::study(
    media::engine::Input& input, const FlashFix& fix, const CancelToken& cancel, const ProgressSink& progress)
{
    const auto standard = std::ranges::find(checks::flashStandards(), fix.standard, &checks::FlashStandard::choice);
    if (standard == checks::flashStandards().end() || fix.spans.empty())
        return Error {ErrorCode::Invalid, u"no such standard for flashing"_s, "unknown_standard"};
    const qint64 half = halfWindow(input);
    FlashDimmer dimmer;
    double pictures = 0;
    for (const FrameSpan& span : fix.spans) {
        // Scenes nearer than two windows are one.
        if (!dimmer.m_scenes.empty() && span.first <= dimmer.m_scenes.back().span.last + 4 * half)
            dimmer.m_scenes.back().span.last = span.last;
        else
            dimmer.m_scenes.push_back({span, std::max<qint64>(0, span.first - 2 * half), {}});
    }
    for (const Scene& scene : dimmer.m_scenes)
        pictures += static_cast<double>(scene.span.last + 2 * half - scene.firstMeasured + 1);
    const int grid = gridFor(pictures);
    if (grid == 0)
        return Error {ErrorCode::LimitExceeded, u"too many flashing pictures to be calmed"_s, "too_long"};
    CellSink sink(dimmer, *standard, grid);
    sink.setAround(2 * half);
    const std::array<media::engine::FrameSink*, 1> sinks {&sink};
    const media::engine::PassOptions options {.firstFrame = dimmer.m_scenes.front().firstMeasured,
        .endFrame = dimmer.m_scenes.back().span.last + 2 * half + 1};
    if (const auto passed = media::engine::runPass(input, sinks, options, cancel, progress); !passed)
        return passed.error();
    for (Scene& scene : dimmer.m_scenes)
        calm(scene.film, static_cast<std::size_t>(half), fix.step, *standard);
    return dimmer;
}

const FlashDimmer::Scene* FlashDimmer::sceneOf(qint64 number) const
{
    const auto found = std::ranges::find_if(m_scenes, [number](const Scene& scene) { return scene.span.has(number); });
    return found == m_scenes.end() ? nullptr : &*found;
}

bool FlashDimmer::touches(qint64 number) const
{
    return sceneOf(number) != nullptr;
}

void FlashDimmer::apply(AVFrame& frame, qint64 number) const
{
    const Scene* scene = sceneOf(number);
    const auto picture = yuvPlanesOf(frame);
    if (scene == nullptr || !picture)
        return;
    const auto at = static_cast<std::size_t>(number - scene->firstMeasured);
    if (at >= scene->film.pictures())
        return;
    const std::uint16_t* gains = scene->film.picture(at);
    std::vector<float> row(static_cast<std::size_t>(m_columns));
    for (int plane = 0; plane < picture->planeCount; ++plane) {
        const YuvPlanes::Plane& samples = picture->planes[static_cast<std::size_t>(plane)];
        const int shiftX = plane > 0 ? picture->shiftX : 0;
        const int shiftY = plane > 0 ? picture->shiftY : 0;
        const int base = plane > 0 ? picture->neutral() : picture->black();
        for (int y = 0; y < samples.height; ++y) {
            const float position
                = (static_cast<float>((2 * y + 1) << shiftY) * 0.5F) / static_cast<float>(m_side) - 0.5F;
            const int upper = std::clamp(static_cast<int>(std::floor(position)), 0, m_rows - 1);
            const int lower = std::min(upper + 1, m_rows - 1);
            const float part = std::clamp(position - static_cast<float>(upper), 0.0F, 1.0F);
            for (int column = 0; column < m_columns; ++column) {
                const float above = gains[upper * m_columns + column];
                const float below = gains[lower * m_columns + column];
                row[static_cast<std::size_t>(column)]
                    = (above + part * (below - above)) / static_cast<float>(CellFilm::kOne);
            }
            if (picture->bits > 8)
                dimRow(samples.row<std::uint16_t>(y), samples.width, shiftX, base, row, m_side);
            else
                dimRow(samples.row<std::uint8_t>(y), samples.width, shiftX, base, row, m_side);
        }
    }
}

} // namespace vidimus::transcode::engine
