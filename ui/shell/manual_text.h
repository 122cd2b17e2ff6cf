#pragma once

#include <QString>

class QTextBrowser;
class QTextDocument;

namespace vidimus::ui::shell {

/// Gives a text made from Markdown our type, spacing and colours. Ui thread.
void styleManualText(QTextDocument& document);
/// Tints every word of \a query in the text.
void markWords(QTextBrowser& text, const QString& query);

} // namespace vidimus::ui::shell
