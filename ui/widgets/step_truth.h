#pragma once

#include <QWidget>
#include <vector>

namespace vidimus::ui::widgets {

/// "What is true now": numbered steps as 22 px circles on a line. Done is filled with a check, open is a ring with its
/// number, failed a ring with a cross.
class StepTruth : public QWidget {
    Q_OBJECT

public:
    enum class State { Open, Current, Done, Failed };
    struct Step {
        QString title; ///< "Stored"
        QString detail; ///< "on this machine"
        QString time; ///< "12:00:00.2", or when the next try is
        State state = State::Open;
    };

    explicit StepTruth(QWidget* parent = nullptr);
    void setSteps(std::vector<Step> steps);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Step> m_steps;
};

} // namespace vidimus::ui::widgets
