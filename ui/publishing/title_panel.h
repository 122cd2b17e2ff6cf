#pragma once

#include "core/catalog/operation.h"
#include "core/workbench/publish.h"
#include "ui/publishing/sheet.h"

namespace vidimus::ui::widgets {
class Button;
class Chip;
class Paragraph;
class SectionHeader;
class StepTruth;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::publishing {

class GateList;
struct TitleFactsText;

/// The right side of the publish page: what the title is, its gates, what is true now, and the two actions.
class TitlePanel : public Sheet {
    Q_OBJECT

public:
    explicit TitlePanel(QWidget* parent);

    void setTitle(const workbench::TitleOnBoard& title, const std::vector<catalog::Operation>& operations);
    void setFacts(const TitleFactsText& facts);
    void setPicture(const QPixmap& picture);
    /// When the gates were read.
    void setCheckedAt(Instant at);
    /// A sentence beside Publish: what was just refused, or empty.
    void setRefusal(const QString& sentence);
    [[nodiscard]] GateList& gates() { return *m_gates; }
    [[nodiscard]] widgets::Button& publishButton() { return *m_publish; }
    [[nodiscard]] widgets::Button& withdrawButton() { return *m_withdraw; }
    /// Why Publish is off now; empty: it is on.
    [[nodiscard]] const QString& publishReason() const { return m_publishReason; }
    [[nodiscard]] const QString& withdrawReason() const { return m_withdrawReason; }
    void setNarrow(bool narrow);

Q_SIGNALS:
    void publishWanted();
    void withdrawWanted();
    void copyWanted(const QString& url);
    void visitWanted(const QString& url);

private:
    [[nodiscard]] QWidget* makeHead();
    [[nodiscard]] QWidget* makeTruth();
    [[nodiscard]] QWidget* makeActions();
    void showActions(const workbench::TitleOnBoard& title);

    PictureBox* m_picture = nullptr;
    widgets::TextLabel* m_name = nullptr;
    widgets::TextLabel* m_version = nullptr;
    widgets::TextLabel* m_media = nullptr;
    widgets::TextLabel* m_file = nullptr;
    widgets::Chip* m_state = nullptr;
    widgets::SectionHeader* m_gatesHead;
    widgets::Chip* m_blocks;
    widgets::Chip* m_warns;
    GateList* m_gates;
    widgets::SectionHeader* m_truthHead = nullptr;
    widgets::StepTruth* m_steps = nullptr;
    widgets::Paragraph* m_sentence = nullptr;
    QWidget* m_address = nullptr;
    widgets::TextLabel* m_url = nullptr;
    widgets::Button* m_withdraw = nullptr;
    widgets::Button* m_publish = nullptr;
    widgets::TextLabel* m_reason = nullptr;
    QString m_publishReason;
    QString m_withdrawReason;
};

} // namespace vidimus::ui::publishing
