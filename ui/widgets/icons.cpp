#include "ui/widgets/icons.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <optional>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr double kStroke = 1.5; // logical pixels at every size
constexpr int kViewBox = 16;

QByteArray source(const QString& name)
{
    static QHash<QString, QByteArray> sources;
    if (const auto found = sources.constFind(name); found != sources.constEnd())
        return *found;
    QFile file(u":/vidimus/icons/%1.svg"_s.arg(name));
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    sources.insert(name, text);
    return text;
}

class IconEngine : public QIconEngine {
public:
    IconEngine(QString name, std::optional<Ink> ink)
        : m_name(std::move(name))
        , m_ink(ink)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QColor color = m_ink ? inkColor(*m_ink) : currentTokens().text;
        if (mode == QIcon::Disabled)
            color.setAlphaF(0.4F);
        drawIcon(*painter, m_name, rect, color);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap result(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return result;
    }

    [[nodiscard]] QIconEngine* clone() const override { return new IconEngine(m_name, m_ink); }

private:
    QString m_name;
    std::optional<Ink> m_ink;
};

} // namespace

QIcon icon(const QString& name)
{
    return source(name).isEmpty() ? QIcon() : QIcon(new IconEngine(name, std::nullopt));
}

QIcon icon(const QString& name, Ink ink)
{
    return source(name).isEmpty() ? QIcon() : QIcon(new IconEngine(name, ink));
}

QPixmap iconPixmap(const QString& name, int size, const QColor& color, double devicePixelRatio)
{
    const QString key
        = u"vidimus-%1-%2-%3-%4"_s.arg(name).arg(size).arg(color.name(QColor::HexArgb)).arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QByteArray svg = source(name);
    if (svg.isEmpty() || size <= 0)
        return {};
    svg.replace("currentColor", color.name().toLatin1());
    svg.replace("stroke-width=\"1.5\"", "stroke-width=\"" + QByteArray::number(kStroke * kViewBox / size) + '"');
    QSvgRenderer renderer(svg);
    pixmap = QPixmap(QSizeF(size * devicePixelRatio, size * devicePixelRatio).toSize());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter, QRectF(pixmap.rect()));
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void drawIcon(QPainter& painter, const QString& name, const QRect& rect, const QColor& color)
{
    const int size = std::min(rect.width(), rect.height());
    const QPixmap pixmap = iconPixmap(name, size, color, painter.device()->devicePixelRatioF());
    if (!pixmap.isNull())
        painter.drawPixmap(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2, pixmap);
}

QStringList iconNames()
{
    QStringList names = QDir(u":/vidimus/icons"_s).entryList({u"*.svg"_s}, QDir::Files, QDir::Name);
    for (QString& name : names)
        name.chop(4);
    return names;
}

} // namespace vidimus::ui::widgets
