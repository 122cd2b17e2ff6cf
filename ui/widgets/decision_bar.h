#pragma once

#include "ui/widgets/tokens.h"

#include <QWidget>
#include <vector>

class QHBoxLayout;

namespace vidimus::ui::widgets {

class Button;
class Chip;
class DecisionKeys;
class TextLabel;
class ToggleSwitch;

/// One key of the lower row.
struct DecisionKey {
    QString id; ///< given back by keyChosen()
    QString key; ///< "P", "3"
    QString text;
    bool enabled = true;
    QString disabledReason;
};

/// What is staged and not yet committed. Empty id: nothing.
struct StagedDecision {
    QString actionId; ///< the id of the decision key
    QString reasonId; ///< the id of the reason key, may be empty
    QString actionText; ///< "Reject"
    QString iconName;
    Ink ink = Ink::Text;
    bool isReject = false; ///< red line at the leading edge
    QString reasonKey;
    QString reasonText;
    QStringList facts; ///< "Range 00:01:38:00 – 00:01:52:11"
};

/// The bar under the picture: staged row 44 and keys row 44 (two rows of keys when narrow: 116 high). Only Commit is
/// filled. Values in, signals out.
class DecisionBar : public QWidget {
    Q_OBJECT

public:
    explicit DecisionBar(QWidget* parent = nullptr);

    void setActions(std::vector<DecisionKey> actions);
    void setReasons(std::vector<DecisionKey> reasons);
    void setStaged(const StagedDecision& staged);
    /// The sentence before Drop and Commit ("Seen 86 %…", or why Commit is off).
    void setNotice(const QString& text);
    void setCommit(const QString& text, bool enabled, const QString& disabledReason = {});
    [[nodiscard]] ToggleSwitch* autoAdvance() const { return m_autoAdvance; }
    void setNarrow(bool narrow);

Q_SIGNALS:
    void keyChosen(const QString& id);
    void dropWanted();
    void commitWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    /// The keys do not fit beside each other.
    [[nodiscard]] bool needsTwoRows() const;

    QWidget* m_stagedRow;
    Chip* m_stagedAction;
    TextLabel* m_stagedTitle;
    QHBoxLayout* m_factsLayout;
    TextLabel* m_notice;
    Button* m_drop;
    Button* m_commit;
    DecisionKeys* m_actionKeys;
    DecisionKeys* m_reasonKeys;
    ToggleSwitch* m_autoAdvance;
    StagedDecision m_staged;
    bool m_narrow = false;
    bool m_twoRows = false;
};

} // namespace vidimus::ui::widgets
