#pragma once

#include "ui/quality/threshold_scale.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QSlider;

namespace vidimus::ui::widgets {
class Button;
class TextLabel;
class ToggleSwitch;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::quality {

/// One threshold: its title, a slider with a field for exact values (or a switch, or a choice), and the way back to the
/// shipped value. Ui thread.
class ThresholdRow : public QWidget {
    Q_OBJECT

public:
    /// \a parameter lives as long as the program.
    ThresholdRow(const checks::CheckParameter& parameter, double value, double shipped, QWidget* parent = nullptr);

    [[nodiscard]] QSlider* slider() const { return m_slider; } ///< null for switches and choices
    [[nodiscard]] QLineEdit* field() const { return m_field; }

Q_SIGNALS:
    void changed(double value);

private:
    void buildNumber(class QHBoxLayout& row);
    void take(double value, bool tell);
    void fieldEdited();

    const checks::CheckParameter& m_parameter;
    ThresholdScale m_scale;
    double m_value;
    double m_shipped;
    QSlider* m_slider = nullptr;
    QLineEdit* m_field = nullptr;
    QComboBox* m_choice = nullptr;
    widgets::ToggleSwitch* m_switch = nullptr;
    widgets::TextLabel* m_note;
    widgets::Button* m_back;
};

} // namespace vidimus::ui::quality
