#include "app/studio/language.h"

#include "app/studio/catalog_translator.h"

#include <QGuiApplication>
#include <QLocale>

namespace vidimus::studio {

using namespace Qt::StringLiterals;

namespace {

constexpr QStringView kPlain = u"aceinouyACEINOUY";
constexpr QStringView kAccented = u"áçéîñôüýÁÇÉÎÑÔÜÝ";

/// Longer by two fifths, made of words so that lines still break.
QString padding(qsizetype length)
{
    static const QString words = u"one two three four five six seven eight nine ten eleven twelve "_s;
    QString pad;
    while (pad.size() < length)
        pad += words;
    return pad.left(length).trimmed();
}

/// The catalog's texts, stretched.
class PseudoTranslator : public CatalogTranslator {
public:
    using CatalogTranslator::CatalogTranslator;
    QString translate(const char* context, const char* source, const char* disambiguation, int count) const override
    {
        // Qt's own texts (names of keys, dialogs) are not ours to stretch.
        if (context[0] == 'Q' && context[1] >= 'A' && context[1] <= 'Z')
            return CatalogTranslator::translate(context, source, disambiguation, count);
        const QString known = CatalogTranslator::translate(context, source, disambiguation, count);
        return pseudoText(known.isEmpty() ? QString::fromUtf8(source) : known);
    }
    bool isEmpty() const override { return false; }
};

CatalogTranslator* g_translator = nullptr; // the application's, and gone with it

} // namespace

bool isLanguage(const QString& name)
{
    return std::ranges::any_of(languages(), [&name](const auto& language) { return language.first == name; });
}

std::vector<std::pair<QString, QString>> languages()
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("StudioLanguages", text); };
    return {{QString(), tr("As the system")}, {u"en"_s, tr("English")}, {u"pseudo"_s, tr("Test: longer texts")},
        {u"rtl"_s, tr("Test: right to left")}};
}

QString pseudoText(const QString& text)
{
    if (text.isEmpty())
        return text;
    QString accented;
    bool inTag = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar sign = text[i];
        inTag = inTag ? sign != u'>'
                      : sign == u'<' && i + 1 < text.size() && (text[i + 1].isLetter() || text[i + 1] == u'/');
        const bool isPlace = i > 0 && text[i - 1] == u'%';
        const qsizetype at = inTag || isPlace ? -1 : kPlain.indexOf(sign);
        accented += at < 0 ? sign : kAccented[at];
    }
    if (text.size() < 2) // a key or a sign
        return accented;
    return u'[' + accented + u' ' + padding(std::max<qsizetype>(1, text.size() * 2 / 5 - 3)) + u']';
}

void useLanguage(QGuiApplication& application, const QString& name)
{
    delete std::exchange(g_translator, nullptr);
    const bool isPseudo = name == u"pseudo" || name == u"rtl";
    g_translator = isPseudo ? new PseudoTranslator(&application) : new CatalogTranslator(&application);
    if (g_translator->loadFor(name == u"en" ? QLocale(QLocale::English) : QLocale()) || isPseudo)
        QCoreApplication::installTranslator(g_translator);
    // Only the test language mirrors until a catalog of a right-to-left language is there.
    QGuiApplication::setLayoutDirection(name == u"rtl" ? Qt::RightToLeft : Qt::LayoutDirectionAuto);
}

} // namespace vidimus::studio
