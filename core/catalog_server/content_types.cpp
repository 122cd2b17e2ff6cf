#include "core/catalog_server/content_types.h"

#include <array>

namespace vidimus::catalog_server {

QByteArray mediaTypeOf(const QString& name)
{
    static constexpr std::array kTypes {std::pair {".m3u8", "application/vnd.apple.mpegurl"},
        std::pair {".mpd", "application/dash+xml"}, std::pair {".m4s", "video/iso.segment"},
        std::pair {".mp4", "video/mp4"}, std::pair {".m4a", "audio/mp4"}, std::pair {".jpg", "image/jpeg"},
        std::pair {".png", "image/png"}, std::pair {".vtt", "text/vtt; charset=utf-8"}};
    for (const auto& [ending, type] : kTypes) {
        if (name.endsWith(QLatin1StringView(ending)))
            return type;
    }
    return {};
}

} // namespace vidimus::catalog_server
