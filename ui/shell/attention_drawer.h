#pragma once

#include "ui/shell/attention.h"

#include <QTimeZone>
#include <QWidget>

class QVBoxLayout;

namespace vidimus::ui::widgets {
class SectionHeader;
}

namespace vidimus::ui::shell {

/// F8: what needs a person. Lies over the page's trailing column and never takes the focus by itself.
class AttentionDrawer : public QWidget {
    Q_OBJECT

public:
    explicit AttentionDrawer(AttentionModel& model, QWidget* parent);
    void setZone(const QTimeZone& zone);

Q_SIGNALS:
    void stepChosen(const QString& entryId, const QString& stepId);
    void closeWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void rebuild();
    [[nodiscard]] QWidget* makeEntry(const AttentionEntry& entry);
    void copyAll();

    AttentionModel& m_model;
    QTimeZone m_zone;
    widgets::SectionHeader* m_header;
    QWidget* m_body = nullptr;
    QVBoxLayout* m_layout;
};

} // namespace vidimus::ui::shell
