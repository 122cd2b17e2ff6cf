#include "ui/publishing/title_facts_text.h"

#include "ui/publishing/words.h"

#include <QLocale>
#include <cmath>

namespace vidimus::ui::publishing {

using namespace Qt::StringLiterals;
using P = Publishing;

namespace {

QString rateText(const media::VideoStream& video)
{
    const double rate = video.averageRate.toDouble();
    if (rate <= 0)
        return {};
    const QString number = QLocale().toString(rate, 'g', std::abs(rate - std::round(rate)) < 0.005 ? 3 : 4);
    const bool interlaced
        = video.fieldOrder == media::FieldOrder::TopFirst || video.fieldOrder == media::FieldOrder::BottomFirst;
    if (video.rateKind == media::RateKind::Variable)
        //: Pictures per second that vary, on average
        return P::tr("about %1 fps").arg(number);
    return number + (interlaced ? u'i' : u'p');
}

} // namespace

TitleFactsText titleFactsText(const workbench::TitleOnBoard& title, const workbench::ReviewItem& item)
{
    TitleFactsText text;
    text.version = P::tr("Version %1, sha256 %2").arg(std::max(1, title.versions)).arg(shortHash(item.sha256));
    QStringList media;
    if (item.facts.durationSeconds > 0)
        media << durationText(item.facts.durationSeconds);
    if (const media::VideoStream* video = item.facts.programmeVideo()) {
        if (const QString rate = rateText(*video); !rate.isEmpty())
            media << rate;
        media << u"%1×%2"_s.arg(video->displayWidth).arg(video->displayHeight);
    } else {
        media << P::tr("no picture");
    }
    QStringList languages;
    for (const media::AudioStream& audio : item.facts.audio) {
        if (!audio.language.isEmpty() && !languages.contains(audio.language))
            languages << audio.language;
    }
    if (item.facts.audio.empty())
        media << P::tr("no sound");
    else if (!languages.isEmpty())
        media << languages.join(u' ');
    text.media = media.join(u", "_s);
    text.file = P::tr("%1, %2").arg(item.row.name, bytesText(item.bytes));
    return text;
}

QString durationText(double seconds)
{
    const auto whole = static_cast<qint64>(seconds);
    const QString rest = u"%1:%2"_s.arg(whole / 60 % 60, whole >= 3600 ? 2 : 1, 10, QLatin1Char('0'))
                             .arg(whole % 60, 2, 10, QLatin1Char('0'));
    return whole >= 3600 ? QString::number(whole / 3600) + u':' + rest : rest;
}

} // namespace vidimus::ui::publishing
