#pragma once

#include <QTranslator>

namespace vidimus::studio {

/// The texts of a language. lupdate 6.4 names a context by the class alone where the sources nest namespaces, while
/// tr() asks by the full name; this one looks under the class's own name. Ui thread.
class CatalogTranslator : public QTranslator {
    Q_OBJECT
public:
    using QTranslator::QTranslator;
    /// The catalog of the system's language, else the English one, which knows how counts read.
    [[nodiscard]] bool loadFor(const QLocale& locale);
    [[nodiscard]] QString translate(
        const char* context, const char* source, const char* disambiguation, int count) const override;
};

} // namespace vidimus::studio
