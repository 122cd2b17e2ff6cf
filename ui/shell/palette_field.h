#pragma once

#include <QAbstractButton>

namespace vidimus::ui::shell {

/// Looks like a search input, is a button that opens the command palette.
class PaletteField : public QAbstractButton {
    Q_OBJECT

public:
    explicit PaletteField(QWidget* parent = nullptr);
    void setNarrow(bool narrow);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool m_narrow = false;
};

} // namespace vidimus::ui::shell
