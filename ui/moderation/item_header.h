#pragma once

#include "core/workbench/review.h"
#include "ui/moderation/panel.h"

namespace vidimus::ui::widgets {
class Chip;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::moderation {

/// The 36 px line above the picture: short id, name, what the file is, hash, and a chip where something stands.
class ItemHeader : public Panel {
    Q_OBJECT

public:
    explicit ItemHeader(QWidget* parent = nullptr);

    void showItem(const workbench::ReviewItem& item);
    void showNothing();
    /// Another person's decision stands, or this one's: said in words; empty for none.
    void setChip(const QString& text, const QString& iconName = {}, widgets::Ink ink = widgets::Ink::Second);
    void setNarrow(bool narrow);

private:
    widgets::TextLabel* m_id;
    widgets::TextLabel* m_name;
    widgets::TextLabel* m_facts;
    widgets::TextLabel* m_hash;
    widgets::Chip* m_chip;
};

} // namespace vidimus::ui::moderation
