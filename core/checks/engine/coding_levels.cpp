#include "core/checks/engine/coding_levels.h"

#include <QLatin1StringView>
#include <algorithm>
#include <array>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

struct LevelRow {
    int level;
    double maxPicture;
    double maxRate;
};

constexpr double kMacroblock = 256; // luma samples

constexpr std::array kH264Levels {
    LevelRow {9, 99, 1485},
    LevelRow {10, 99, 1485},
    LevelRow {11, 396, 3000},
    LevelRow {12, 396, 6000},
    LevelRow {13, 396, 11880},
    LevelRow {20, 396, 11880},
    LevelRow {21, 792, 19800},
    LevelRow {22, 1620, 20250},
    LevelRow {30, 1620, 40500},
    LevelRow {31, 3600, 108000},
    LevelRow {32, 5120, 216000},
    LevelRow {40, 8192, 245760},
    LevelRow {41, 8192, 245760},
    LevelRow {42, 8704, 522240},
    LevelRow {50, 22080, 589824},
    LevelRow {51, 36864, 983040},
    LevelRow {52, 36864, 2073600},
    LevelRow {60, 139264, 4177920},
    LevelRow {61, 139264, 8355840},
    LevelRow {62, 139264, 16711680},
};

constexpr std::array kH265Levels {
    LevelRow {30, 36864, 552960},
    LevelRow {60, 122880, 3686400},
    LevelRow {63, 245760, 7372800},
    LevelRow {90, 552960, 16588800},
    LevelRow {93, 983040, 33177600},
    LevelRow {120, 2228224, 66846720},
    LevelRow {123, 2228224, 133693440},
    LevelRow {150, 8912896, 267386880},
    LevelRow {153, 8912896, 534773760},
    LevelRow {156, 8912896, 1069547520},
    LevelRow {180, 35651584, 1069547520},
    LevelRow {183, 35651584, 2139095040},
    LevelRow {186, 35651584, 4278190080},
};

template<std::size_t Rows>
std::optional<CodingLevel> find(const std::array<LevelRow, Rows>& rows, int level, double unit)
{
    const auto found = std::ranges::find(rows, level, &LevelRow::level);
    if (found == rows.end())
        return std::nullopt;
    return CodingLevel {found->maxPicture * unit, found->maxRate * unit};
}

/// ITU-T H.264, annex A.2: what a profile_idc allows.
struct ProfileRow {
    int profile;
    int maxBits;
    int chroma; ///< 420, 422, 444
};
constexpr std::array kH264Profiles {
    ProfileRow {66, 8, 420},
    ProfileRow {77, 8, 420},
    ProfileRow {88, 8, 420},
    ProfileRow {100, 8, 420},
    ProfileRow {110, 10, 420},
    ProfileRow {122, 10, 422},
    ProfileRow {244, 14, 444},
};

/// Codecs that players of this container commonly know: registered at mp4ra.org, in ISO/IEC 13818-1 and ETSI TS 101
/// 154.
struct ContainerRow {
    QLatin1StringView container;
    QLatin1StringView codecs; ///< between spaces
};
constexpr std::array kContainers {
    ContainerRow {"mov"_L1,
        " h264 hevc av1 vp9 vvc mpeg4 mpeg2video mpeg1video prores dnxhd mjpeg h263 png aac ac3 eac3 mp3 opus flac "
        "alac "
        "ac4 mpegh_3d_audio dts pcm_s16le pcm_s24le pcm_s16be pcm_s24be mov_text webvtt ttml dvd_subtitle eia_608 "_L1},
    ContainerRow {"mpegts"_L1,
        " h264 hevc vvc mpeg2video mpeg1video mpeg4 aac aac_latm mp2 mp3 ac3 eac3 ac4 dts opus s302m dvb_subtitle "
        "dvb_teletext hdmv_pgs_subtitle scte_35 "_L1},
    ContainerRow {"mpeg"_L1, " mpeg2video mpeg1video mp2 ac3 dts pcm_dvd dvd_subtitle dvd_nav_packet "_L1},
    ContainerRow {"flv"_L1, " h264 hevc av1 flv1 vp6f vp6a aac mp3 nellymoser speex pcm_s16le adpcm_swf "_L1},
    ContainerRow {"ogg"_L1, " theora vorbis opus flac speex daala "_L1},
};

} // namespace

std::optional<CodingLevel> codingLevel(QStringView codec, int level)
{
    if (codec == "h264"_L1)
        return find(kH264Levels, level, kMacroblock);
    if (codec == "hevc"_L1)
        return find(kH265Levels, level, 1);
    return std::nullopt;
}

std::optional<bool> profileHolds(QStringView codec, int profile, int bitDepth, QStringView pixelFormat)
{
    // libav adds flags for constraints above the eighth bit.
    const auto found = std::ranges::find(kH264Profiles, profile & 0xff, &ProfileRow::profile);
    if (codec != "h264"_L1 || profile < 0 || found == kH264Profiles.end())
        return std::nullopt;
    const int chroma = pixelFormat.contains("444"_L1) ? 444 : pixelFormat.contains("422"_L1) ? 422 : 420;
    return bitDepth <= found->maxBits && chroma <= found->chroma;
}

std::optional<bool> isUsualIn(QStringView container, QStringView codec)
{
    const auto found = std::ranges::find_if(kContainers, [&](const auto& row) { return row.container == container; });
    if (found == kContainers.end() || codec.isEmpty())
        return std::nullopt;
    return found->codecs.contains(QLatin1Char(' ') + codec.toString() + QLatin1Char(' '));
}

} // namespace vidimus::checks::engine
