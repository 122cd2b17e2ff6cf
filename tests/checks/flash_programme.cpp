#include "checks/flash_programme.h"

#include "core/checks/engine/check_sink.h"
#include "core/checks/judge.h"

#include <QTest>
#include <QtGlobal>

namespace vidimus::test {

using namespace Qt::StringLiterals;

namespace {

checks::Profile profileFor(const QString& check, double standard)
{
    auto profile = checks::onlyChecks(checks::defaultProfile(), {check});
    if (!profile)
        qFatal("no such check");
    profile->checks[check].thresholds[u"standard"_s] = standard;
    return *std::move(profile);
}

media::FrameIndex indexOf(const FlashProgramme& programme)
{
    std::vector<media::FrameIndexEntry> entries;
    const bool variable = !programme.timesMs.empty();
    for (int frame = 0; frame < programme.frames; ++frame) {
        const auto at = static_cast<std::size_t>(frame);
        entries.push_back(variable ? media::FrameIndexEntry {programme.timesMs[at],
                                         programme.timesMs[at + 1] - programme.timesMs[at], true}
                                   : media::FrameIndexEntry {frame, 1, true});
    }
    return {
        variable ? Rational {1, 1000} : Rational {programme.rate.den, programme.rate.num}, {0, 1}, std::move(entries)};
}

/// A plane as the decoder would hand it over.
std::vector<std::byte> packed(const std::vector<std::uint16_t>& codes, int bits)
{
    std::vector<std::byte> bytes(codes.size() * (bits > 8 ? 2 : 1));
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (bits > 8)
            reinterpret_cast<std::uint16_t*>(bytes.data())[i] = codes[i];
        else
            bytes[i] = static_cast<std::byte>(codes[i]);
    }
    return bytes;
}

} // namespace

checks::Measurements FlashProgramme::measure(const QString& check) const
{
    media::MediaFacts facts;
    media::VideoStream video;
    video.width = sequence.width;
    video.height = sequence.height;
    facts.video.push_back(video);
    facts.bestVideo = 0;
    const media::FrameIndex index = indexOf(*this);
    checks::engine::CheckSink sink(profileFor(check, 1));
    if (!sink.begin({facts, index}))
        qFatal("the checks refused to begin");
    const int sampleBytes = bits > 8 ? 2 : 1;
    for (int frame = 0; frame < frames; ++frame) {
        const FlashPicture picture = sequence.draw(frame);
        const std::array planes {packed(picture.y, bits), packed(picture.u, bits), packed(picture.v, bits)};
        media::FrameView view;
        view.format = bits > 8 ? media::PixelFormat::Yuv420p10 : media::PixelFormat::Yuv420p;
        view.width = picture.width;
        view.height = picture.height;
        const int halfWidth = (picture.width + 1) / 2;
        view.planes = {media::PlaneView {planes[0].data(), std::ptrdiff_t(picture.width) * sampleBytes, picture.width,
                           picture.height},
            media::PlaneView {
                planes[1].data(), std::ptrdiff_t(halfWidth) * sampleBytes, halfWidth, (picture.height + 1) / 2},
            media::PlaneView {
                planes[2].data(), std::ptrdiff_t(halfWidth) * sampleBytes, halfWidth, (picture.height + 1) / 2}};
        view.number = frame;
        view.color = color;
        if (!sink.picture({std::span(&view, 1), nullptr}))
            qFatal("a check refused a picture");
    }
    if (!sink.end())
        qFatal("the checks refused to end");
    return sink.takeMeasurements();
}

checks::CheckResult FlashProgramme::judged(const QString& check, double standard) const
{
    return checks::judge(measure(check), profileFor(check, standard)).checks.at(0);
}

std::vector<checks::CheckOutcome> FlashProgramme::outcomes(
    const QString& check, const std::vector<double>& standards) const
{
    const checks::Measurements measured = measure(check);
    std::vector<checks::CheckOutcome> outcomes;
    for (const double standard : standards)
        outcomes.push_back(checks::judge(measured, profileFor(check, standard)).checks.at(0).outcome);
    return outcomes;
}

void addFrameRates()
{
    QTest::addColumn<FrameRate>("rate");
    for (const FrameRate rate : {FrameRate {24, 1}, {25, 1}, {30000, 1001}, {50, 1}, {60000, 1001}, {60, 1}})
        QTest::addRow("%d/%d", rate.num, rate.den) << rate;
}

} // namespace vidimus::test
