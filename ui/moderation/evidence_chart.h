#pragma once

#include "core/checks/evidence.h"

#include <QWidget>

namespace vidimus::ui::moderation {

/// The measurement around a finding against the bounds it broke: a curve over time, or, where one number was judged, a
/// ruler with the value beside what is allowed. Ui thread.
class EvidenceChart : public QWidget {
    Q_OBJECT

public:
    explicit EvidenceChart(QWidget* parent = nullptr);

    /// \a from and \a to are the finding's seconds.
    void show(const checks::Evidence& evidence, double from, double to);
    [[nodiscard]] QSize sizeHint() const override { return {240, 84}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintCurve(QPainter& painter, const QRectF& area) const;
    void paintRuler(QPainter& painter, const QRectF& area) const;

    checks::Evidence m_evidence;
    double m_from = 0;
    double m_to = 0;
};

} // namespace vidimus::ui::moderation
