#include "ui/widgets/fonts.h"

#include <QFontDatabase>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

void loadFonts()
{
    static const bool loaded = [] {
        for (const auto* style : {"Regular", "Medium", "SemiBold"})
            QFontDatabase::addApplicationFont(u":/vidimus/fonts/VidimusInter-%1.otf"_s.arg(QLatin1StringView(style)));
        return true;
    }();
    Q_UNUSED(loaded)
}

QFont roleFont(TextRole role)
{
    loadFonts();
    QFont result(QStringList {u"Vidimus Inter"_s, u"Inter"_s, u"Noto Sans"_s, u"sans-serif"_s});
    int pixels = 13;
    QFont::Weight weight = QFont::Normal;
    switch (role) {
    case TextRole::Body:
        break;
    case TextRole::BodyMedium:
        weight = QFont::Medium;
        break;
    case TextRole::BodyStrong:
        weight = QFont::DemiBold;
        break;
    case TextRole::Label:
        pixels = 11;
        weight = QFont::Medium;
        break;
    case TextRole::LabelPlain:
        pixels = 11;
        break;
    case TextRole::Section:
        pixels = 15;
        weight = QFont::DemiBold;
        break;
    case TextRole::Timecode:
        pixels = 15;
        weight = QFont::Medium;
        break;
    case TextRole::Title:
        pixels = 20;
        weight = QFont::DemiBold;
        break;
    }
    result.setPixelSize(pixels);
    result.setWeight(weight);
    result.setHintingPreference(QFont::PreferNoHinting);
    return result;
}

QFontMetrics roleMetrics(TextRole role)
{
    return QFontMetrics(roleFont(role));
}

} // namespace vidimus::ui::widgets
