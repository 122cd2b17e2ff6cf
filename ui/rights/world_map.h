#pragma once

#include "ui/rights/where_answers.h"

#include <QPixmap>
#include <QSet>
#include <QWidget>

namespace vidimus::ui::rights {

struct CountryShape;

/// The world, each country shaded by the share of titles that may be watched there. Arrows go to the next country that
/// way, Enter asks why, and so does a click. Countries with nothing are bare, those in the territory chosen have an
/// outline. Accessible: children are the countries with their counts. Table twin: the matrix below it. Ui thread.
class WorldMap : public QWidget {
    Q_OBJECT

public:
    explicit WorldMap(QWidget* parent = nullptr);

    void setShares(const QHash<QString, CountryShare>& shares);
    void setChosen(const QSet<QString>& countries);
    void setCurrent(const QString& country);
    [[nodiscard]] QString current() const { return m_current; }
    /// "Germany: 3 of 10 titles".
    [[nodiscard]] QString sentenceOf(const QString& country) const;
    [[nodiscard]] QString countryAt(QPointF point) const;
    /// Where a country stands in the widget.
    [[nodiscard]] QRectF rectOf(const CountryShape& shape) const;
    [[nodiscard]] QSize sizeHint() const override { return {900, 400}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {280, 130}; }

Q_SIGNALS:
    void currentChanged(const QString& country);
    void countryWanted(const QString& country); ///< Enter or a click

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QTransform toWidget() const;
    void paintWorld();
    void step(QPointF direction);

    QHash<QString, CountryShare> m_shares;
    QSet<QString> m_chosen;
    QString m_current;
    QPixmap m_world; ///< all but the current country; empty: to be painted
};

/// Makes the map's countries known to assistive technology.
void installMapAccessibility();

} // namespace vidimus::ui::rights
