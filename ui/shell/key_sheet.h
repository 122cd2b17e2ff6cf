#pragma once

#include <QWidget>

namespace vidimus::ui::shell {

class CommandTable;

/// `?`: every key that acts now, by group, made from the command table so that it is always true. A child widget.
class KeySheet : public QWidget {
    Q_OBJECT

public:
    explicit KeySheet(const CommandTable& commands, QWidget* parent);
    void open();
    [[nodiscard]] int shownCount() const { return m_shownCount; }

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fill(const QString& query);

    const CommandTable& m_commands;
    class QLineEdit* m_field;
    QWidget* m_body;
    int m_shownCount = 0;
};

} // namespace vidimus::ui::shell
