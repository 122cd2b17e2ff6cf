#include "fake_review_page.h"

#include <QPainter>
#include <cmath>

namespace vidimus::ui::tests {

using namespace Qt::StringLiterals;
using namespace widgets;

QImage madeUpPicture(QSize size, int seed)
{
    QImage image(size, QImage::Format_RGB32);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    QLinearGradient sky(0, 0, 0, size.height());
    sky.setColorAt(0, QColor::fromHsv((seed * 47) % 360, 60, 220));
    sky.setColorAt(1, QColor::fromHsv((seed * 47 + 40) % 360, 90, 90));
    painter.fillRect(image.rect(), sky);
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < 6; ++i) {
        painter.setBrush(QColor::fromHsv((seed * 31 + i * 40) % 360, 120, 60 + i * 20));
        const double x = size.width() * ((seed * 13 + i * 29) % 100) / 100.0;
        const double height = size.height() * (20 + (seed * 7 + i * 17) % 55) / 100.0;
        painter.drawEllipse(QRectF(x - height / 2, size.height() - height, height, height * 2));
    }
    return image;
}

TimelineData madeUpTimeline()
{
    TimelineData data;
    data.frameCount = 6056; // 00:04:12:08 at 24
    data.framesPerSecond = {24, 1};
    for (int i = 0; i < 24; ++i)
        data.film.push_back(madeUpPicture({120, 68}, i / 2));
    for (int i = 0; i < 1200; ++i) {
        data.waveform.push_back(static_cast<float>(0.25 + 0.3 * std::fabs(std::sin(i * 1.7) * std::sin(i / 61.0))));
        data.loudness.push_back(static_cast<float>(0.3 + 0.25 * std::sin(i / 90.0)));
    }
    data.loudnessText = u"−23"_s;
    for (qint64 start = 0; start < data.frameCount; start += 90 + (start * 7) % 160)
        data.shotStarts.push_back(start);
    const auto at = [](int minutes, int seconds) { return qint64(minutes * 60 + seconds) * 24; };
    data.lanes = {
        {u"Violence"_s, 5,
            {{u"v1"_s, {at(1, 3), at(1, 8)}, SeverityPattern::Hatched, u"Violence, struggle, medium, 74 %"_s},
                {u"v2"_s, {at(1, 38), at(1, 52)}, SeverityPattern::Solid,
                    u"Violence, strike to the head, high, 94 %"_s},
                {u"v3"_s, {at(2, 21), at(2, 27)}, SeverityPattern::Outline, u"Violence, fall, low, 52 %"_s}}},
        {u"Weapon"_s, 0,
            {{u"w1"_s, {at(1, 1), at(1, 6)}, SeverityPattern::Hatched, u"Weapon, staff, medium, 79 %"_s},
                {u"w2"_s, {at(1, 35), at(1, 52)}, SeverityPattern::Solid, u"Weapon, blade, high, 91 %"_s}}},
        {u"Loud speech"_s, 3,
            {{u"l1"_s, {at(1, 41), at(1, 44)}, SeverityPattern::Hatched, u"Loud speech, shout, medium, 83 %"_s},
                {u"l2"_s, {at(2, 23), at(2, 25)}, SeverityPattern::Outline, u"Loud speech, low, 58 %"_s}}},
        {u"Screen text"_s, 1,
            {{u"t1"_s, {at(0, 12), at(0, 16)}, SeverityPattern::Hatched, u"Screen text, medium, 88 %"_s},
                {u"t2"_s, {at(3, 56), at(4, 6)}, SeverityPattern::Outline, u"Screen text, end credits, low, 41 %"_s}}},
        {u"Hash match"_s, 2, {{u"h1"_s, {at(0, 58), at(1, 52)}, SeverityPattern::Solid, u"Hash match, high, 92 %"_s}}},
    };
    data.marks = {{u"m1"_s, at(1, 3), false, false, u"Marker"_s}, {u"m2"_s, at(1, 38), true, false, u"Ana: contact"_s},
        {u"m3"_s, at(1, 41), true, true, u"You: same strike"_s}, {u"m4"_s, at(2, 44), true, false, u"Policy desk"_s}};
    data.watched = {{{0, at(1, 12)}, WatchedSpeed::Normal}, {{at(1, 12), at(1, 33)}, WatchedSpeed::Fast},
        {{at(1, 33), at(2, 51)}, WatchedSpeed::Normal}, {{at(3, 26), 6056}, WatchedSpeed::Fast}};
    return data;
}

} // namespace vidimus::ui::tests
