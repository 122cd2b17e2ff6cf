#include "core/checks/tfjs_window_p.h"

#include <QJsonArray>
#include <algorithm>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMostKernel = 64;

} // namespace

Pair readPair(JsonReader& reader, QLatin1StringView name, qint64 most)
{
    const QJsonArray array = reader.array(name);
    const Pair pair {array[0].toInteger(0), array[1].toInteger(0)};
    if (array.size() == 2 && std::ranges::all_of(pair, [most](qint64 each) { return each >= 1 && each <= most; }))
        return pair;
    reader.fail(name, u"must be two numbers from 1 to %1"_s.arg(most));
    return {1, 1};
}

LayerWindow LayerWindow::read(JsonReader& reader, QLatin1StringView kernelName)
{
    LayerWindow window {readPair(reader, kernelName, kMostKernel), readPair(reader, "strides"_L1, kMostKernel)};
    const QString padding = reader.string("padding"_L1);
    if (padding != "same"_L1 && padding != "valid"_L1)
        reader.fail("padding"_L1, u"must be same or valid"_s);
    window.same = padding == "same"_L1;
    if (reader.string("data_format"_L1, u"channels_last"_s) != "channels_last"_L1)
        reader.fail("data_format"_L1, u"must be channels_last"_s);
    return window;
}

Padding LayerWindow::paddingOf(const LayerShape& shape) const
{
    Padding padding;
    for (std::size_t i = 0; same && i < 2; ++i) {
        const qint64 side = i == 0 ? shape.height : shape.width;
        const qint64 outputs = (side + strides[i] - 1) / strides[i];
        const qint64 needed = std::max<qint64>(0, (outputs - 1) * strides[i] + kernel[i] - side);
        padding.before[i] = needed / 2;
        padding.after[i] = needed - needed / 2;
    }
    return padding;
}

Pair LayerWindow::outputOf(const LayerShape& shape, const Padding& padding) const
{
    Pair sides {};
    for (std::size_t i = 0; i < 2; ++i) {
        const qint64 side = (i == 0 ? shape.height : shape.width) + padding.before[i] + padding.after[i];
        sides[i] = side < kernel[i] ? 0 : (side - kernel[i]) / strides[i] + 1;
    }
    return sides;
}

} // namespace vidimus::checks
