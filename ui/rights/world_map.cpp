#include "ui/rights/world_map.h"

#include "ui/rights/rights_texts.h"
#include "ui/rights/world_shapes.h"
#include "ui/widgets/painting.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <QTransform>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr double kMargin = 12; // px
constexpr double kMarkSize = 5; // px, of a country without a shape
constexpr double kSmall = 5; // px, a shape below this is shown by a mark

QColor colorOf(const CountryShare& share)
{
    const Tokens& tokens = currentTokens();
    if (share.live == 0)
        return blended(tokens.text, tokens.surface, tokens.strength(0.12));
    const double part = static_cast<double>(share.live) / std::max(1, share.total);
    return blended(tokens.passed, tokens.surface, tokens.strength(0.3 + 0.6 * part));
}

const CountryShape* shapeOf(const QString& code)
{
    const auto found = std::ranges::find(worldShapes(), code, &CountryShape::code);
    return found == worldShapes().end() ? nullptr : &*found;
}

bool isSmall(const CountryShape& shape, const QTransform& place)
{
    const QSizeF size = place.mapRect(shape.path.boundingRect()).size();
    return shape.path.isEmpty() || std::max(size.width(), size.height()) < kSmall;
}

} // namespace

WorldMap::WorldMap(QWidget* parent)
    : QWidget(parent)
{
    installMapAccessibility(); // before anything asks for the widget's interface
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Map of the world"));
}

QTransform WorldMap::toWidget() const
{
    const double scale = std::min((width() - 2 * kMargin) / kWorldWidth, (height() - 2 * kMargin) / kWorldHeight);
    QTransform place;
    place.translate((width() - kWorldWidth * scale) / 2, (height() - kWorldHeight * scale) / 2);
    place.scale(scale, scale);
    return place;
}

void WorldMap::setShares(const QHash<QString, CountryShare>& shares)
{
    m_shares = shares;
    m_world = {};
    update();
}

void WorldMap::setChosen(const QSet<QString>& countries)
{
    if (countries == m_chosen)
        return;
    m_chosen = countries;
    m_world = {};
    update();
}

void WorldMap::setCurrent(const QString& country)
{
    if (country == m_current)
        return;
    m_current = country;
    setAccessibleDescription(sentenceOf(country));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    update();
    Q_EMIT currentChanged(country);
}

QString WorldMap::sentenceOf(const QString& country) const
{
    const CountryShare share = m_shares.value(country);
    //: A country of the map: its name, how many titles may be watched there, of how many.
    return country.isEmpty() ? QString()
                             : tr("%1: %2 of %3 titles").arg(territoryName(country)).arg(share.live).arg(share.total);
}

QRectF WorldMap::rectOf(const CountryShape& shape) const
{
    const QTransform place = toWidget();
    if (!isSmall(shape, place))
        return place.mapRect(shape.path.boundingRect());
    const QPointF mark = place.map(shape.mark);
    return {mark.x() - kMarkSize, mark.y() - kMarkSize, 2 * kMarkSize, 2 * kMarkSize};
}

QString WorldMap::countryAt(QPointF point) const
{
    const QTransform place = toWidget();
    for (const CountryShape& shape : worldShapes()) { // marks lie over shapes
        if (isSmall(shape, place) && QLineF(place.map(shape.mark), point).length() <= kMarkSize + 1)
            return shape.code;
    }
    const QPointF inWorld = place.inverted().map(point);
    for (const CountryShape& shape : worldShapes()) {
        if (shape.path.boundingRect().contains(inWorld) && shape.path.contains(inWorld))
            return shape.code;
    }
    return {};
}

void WorldMap::paintWorld()
{
    const Tokens& tokens = currentTokens();
    m_world = QPixmap(size() * devicePixelRatioF());
    m_world.setDevicePixelRatio(devicePixelRatioF());
    m_world.fill(tokens.surface);
    QPainter painter(&m_world);
    painter.setRenderHint(QPainter::Antialiasing);
    const QTransform place = toWidget();
    const auto pen = [&](const CountryShape& shape) {
        return m_chosen.contains(shape.code) ? QPen(tokens.accent, 1.5) : QPen(tokens.surface, 0.7);
    };
    for (const bool chosen : {false, true}) { // outlines lie over the neighbours
        for (const CountryShape& shape : worldShapes()) {
            if (isSmall(shape, place) || m_chosen.contains(shape.code) != chosen)
                continue;
            painter.setPen(pen(shape));
            painter.setBrush(colorOf(m_shares.value(shape.code)));
            painter.drawPath(place.map(shape.path));
        }
    }
    for (const CountryShape& shape : worldShapes()) {
        const CountryShare share = m_shares.value(shape.code);
        if (!isSmall(shape, place) || (share.live == 0 && !m_chosen.contains(shape.code)))
            continue;
        painter.setPen(pen(shape));
        painter.setBrush(colorOf(share));
        painter.drawEllipse(place.map(shape.mark), kMarkSize / 2, kMarkSize / 2);
    }
}

void WorldMap::paintEvent(QPaintEvent*)
{
    if (m_world.isNull() || m_world.deviceIndependentSize().toSize() != size())
        paintWorld();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_world);
    const CountryShape* current = shapeOf(m_current);
    if (!current)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(currentTokens().accent, hasFocus() ? 3 : 2));
    painter.setBrush(Qt::NoBrush);
    const QTransform place = toWidget();
    if (isSmall(*current, place))
        painter.drawEllipse(place.map(current->mark), kMarkSize + 1, kMarkSize + 1);
    else
        painter.drawPath(place.map(current->path));
    const QString text = sentenceOf(m_current);
    const int wide = roleMetrics(TextRole::Label).horizontalAdvance(text) + 16;
    const QRectF at = rectOf(*current);
    const QRect box(std::clamp(static_cast<int>(at.center().x()) - wide / 2, 4, std::max(4, width() - wide - 4)),
        at.top() > 32 ? static_cast<int>(at.top()) - 28 : static_cast<int>(at.bottom()) + 6, wide, 22);
    painter.setRenderHint(QPainter::Antialiasing, false);
    drawPanel(painter, box, currentTokens().raised, currentTokens().line, 4);
    drawText(painter, box, text, TextRole::Label, currentTokens().text, Qt::AlignCenter);
}

void WorldMap::mousePressEvent(QMouseEvent* event)
{
    const QString country = countryAt(event->position());
    if (event->button() != Qt::LeftButton || country.isEmpty())
        return;
    setCurrent(country);
    Q_EMIT countryWanted(country);
}

void WorldMap::step(QPointF direction)
{
    const CountryShape* from = shapeOf(m_current);
    const QPointF start = from ? from->mark : worldPoint(10, 50);
    const CountryShape* best = nullptr;
    double least = 0;
    for (const CountryShape& shape : worldShapes()) {
        const QPointF way = shape.mark - start;
        const double along = QPointF::dotProduct(way, direction);
        const double across = std::abs(way.x() * direction.y() - way.y() * direction.x());
        if (shape.code == m_current || along <= 0 || across > along * 1.2)
            continue;
        const double cost = along + 2 * across;
        if (!best || cost < least) {
            best = &shape;
            least = cost;
        }
    }
    if (best)
        setCurrent(best->code);
}

void WorldMap::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return step({-1, 0});
    case Qt::Key_Right:
        return step({1, 0});
    case Qt::Key_Up:
        return step({0, -1});
    case Qt::Key_Down:
        return step({0, 1});
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_current.isEmpty() && event->modifiers() == Qt::NoModifier)
            Q_EMIT countryWanted(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void WorldMap::resizeEvent(QResizeEvent* event)
{
    m_world = {};
    QWidget::resizeEvent(event);
}

void WorldMap::changeEvent(QEvent* event)
{
    m_world = {}; // another theme
    QWidget::changeEvent(event);
}

bool WorldMap::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString country = countryAt(help->pos());
        if (country.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), sentenceOf(country), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace vidimus::ui::rights
