#include "core/transcode/h264_level.h"

#include <array>

namespace vidimus::transcode {

namespace {

// ITU-T H.264 (08/2021), table A-1; rates in units of 1,000 bit for Baseline and Main.
struct Level {
    int number;
    std::int64_t macroblocksPerSecond;
    std::int64_t frameMacroblocks;
    std::int64_t decodedPictureMacroblocks;
    std::int64_t maxRate;
    std::int64_t maxBuffer;
};
constexpr std::array<Level, 19> kLevels {{
    {10, 1'485, 99, 396, 64, 175},
    {11, 3'000, 396, 900, 192, 500},
    {12, 6'000, 396, 2'376, 384, 1'000},
    {13, 11'880, 396, 2'376, 768, 2'000},
    {20, 11'880, 396, 2'376, 2'000, 2'000},
    {21, 19'800, 792, 4'752, 4'000, 4'000},
    {22, 20'250, 1'620, 8'100, 4'000, 4'000},
    {30, 40'500, 1'620, 8'100, 10'000, 10'000},
    {31, 108'000, 3'600, 18'000, 14'000, 14'000},
    {32, 216'000, 5'120, 20'480, 20'000, 20'000},
    {40, 245'760, 8'192, 32'768, 20'000, 25'000},
    {41, 245'760, 8'192, 32'768, 50'000, 62'500},
    {42, 522'240, 8'704, 34'816, 50'000, 62'500},
    {50, 589'824, 22'080, 110'400, 135'000, 135'000},
    {51, 983'040, 36'864, 184'320, 240'000, 240'000},
    {52, 2'073'600, 36'864, 184'320, 240'000, 240'000},
    {60, 4'177'920, 139'264, 696'320, 240'000, 240'000},
    {61, 8'355'840, 139'264, 696'320, 480'000, 480'000},
    {62, 16'711'680, 139'264, 696'320, 800'000, 800'000},
}};
constexpr int kReferencePictures = 4;

} // namespace

int h264LevelFor(int width, int height, Rational frameRate, H264Profile profile, int maxRate, int bufferSize)
{
    const std::int64_t across = (width + 15) / 16;
    const std::int64_t down = (height + 15) / 16;
    const std::int64_t macroblocks = across * down;
    const std::int64_t bitUnit = profile == H264Profile::High ? 1'250 : 1'000; // clause A.3.3, cpbBrVclFactor
    for (const Level& level : kLevels) {
        // Neither side may be longer than the square root of eight times the frame size (A.3.1).
        const bool shapeFits
            = across * across <= 8 * level.frameMacroblocks && down * down <= 8 * level.frameMacroblocks;
        const bool sizeFits = macroblocks <= level.frameMacroblocks
            && macroblocks * kReferencePictures <= level.decodedPictureMacroblocks;
        const bool speedFits = macroblocks * frameRate.num <= level.macroblocksPerSecond * frameRate.den;
        if (shapeFits && sizeFits && speedFits && maxRate <= level.maxRate * bitUnit
            && bufferSize <= level.maxBuffer * bitUnit)
            return level.number;
    }
    return 0;
}

} // namespace vidimus::transcode
