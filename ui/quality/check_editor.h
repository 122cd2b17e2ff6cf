#pragma once

#include "ui/quality/profile_draft.h"

#include <QWidget>

class QVBoxLayout;

namespace vidimus::ui::widgets {
class Paragraph;
class SegmentedControl;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::quality {

class ThresholdRow;

/// One check of a profile: what a finding means, what it does to the verdict, and its thresholds. Ui thread.
class CheckEditor : public QWidget {
    Q_OBJECT

public:
    explicit CheckEditor(QWidget* parent = nullptr);

    void showCheck(const QString& id, const ProfileDraft& draft);
    [[nodiscard]] QString check() const { return m_check; }
    [[nodiscard]] const std::vector<ThresholdRow*>& rows() const { return m_rows; }
    [[nodiscard]] widgets::SegmentedControl* verdict() const { return m_verdict; }

Q_SIGNALS:
    void changed(const QString& check, const vidimus::checks::CheckSetting& setting);

private:
    QString m_check;
    checks::CheckSetting m_setting;
    widgets::TextLabel* m_title;
    widgets::Paragraph* m_meaning;
    widgets::TextLabel* m_standard;
    widgets::SegmentedControl* m_verdict;
    QWidget* m_rowsPart = nullptr;
    QVBoxLayout* m_layout;
    std::vector<ThresholdRow*> m_rows;
};

} // namespace vidimus::ui::quality
