#pragma once

#include "ui/shell/command.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <functional>

namespace vidimus::ui::shell {

/// All commands and who answers them. One per window. Ui thread.
class CommandTable : public QObject {
    Q_OBJECT

public:
    /// \a keyIndex says which of the command's keys was pressed (0-based); 0 when it came from elsewhere.
    using Handler = std::function<void(int keyIndex)>;

    explicit CommandTable(QObject* parent = nullptr);

    /// Adds commands; one whose id exists already replaces it.
    void add(std::vector<Command> commands);
    [[nodiscard]] const std::vector<Command>& commands() const { return m_commands; }
    [[nodiscard]] const Command* find(QStringView id) const;
    /// Who acts; ends with \a context. The last one registered wins while it lives.
    void handle(const QString& id, QObject* context, Handler handler);
    /// Off with the reason in words, or on again with an empty reason.
    void setDisabled(const QString& id, const QString& reason);
    [[nodiscard]] QString disabledReason(const QString& id) const;
    /// Only commands of this page, and of none, are found by key.
    void setPage(const QString& pageId);
    [[nodiscard]] QString page() const { return m_page; }
    /// Single keys (without Ctrl, Alt or Meta, not Esc, F-keys or arrows) can be switched off as a whole (WCAG 2.1.4).
    void setSingleKeysEnabled(bool enabled) { m_singleKeysEnabled = enabled; }

    /// The command that a chord means in a mode, or nullptr. Commands of the page come before those of none.
    [[nodiscard]] const Command* findByKey(const QKeySequence& chord, Mode mode) const;
    [[nodiscard]] static int keyIndexOf(const Command& command, const QKeySequence& chord);
    /// Text of the first key of a command, or empty.
    [[nodiscard]] QString keyTextOf(const QString& id) const;
    /// Runs the handler. False when it is unknown, off (refused() is emitted) or nobody answers.
    bool trigger(const QString& id, int keyIndex = 0);
    [[nodiscard]] bool isAnswered(const QString& id) const;

Q_SIGNALS:
    void triggered(const QString& id);
    void refused(const QString& id, const QString& reason);
    void commandsChanged();

private:
    struct Answer {
        QPointer<QObject> context;
        Handler handler;
    };
    std::vector<Command> m_commands;
    QHash<QString, std::vector<Answer>> m_answers;
    QHash<QString, QString> m_disabled;
    QString m_page;
    bool m_singleKeysEnabled = true;
};

} // namespace vidimus::ui::shell
