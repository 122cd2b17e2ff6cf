#pragma once

#include <QLineEdit>

namespace vidimus::ui::widgets {

/// A search input with a magnifying glass and, while empty, the key that reaches it.
class FilterField : public QLineEdit {
    Q_OBJECT

public:
    explicit FilterField(const QString& placeholder, const QString& keyHint = {}, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_keyHint;
};

} // namespace vidimus::ui::widgets
