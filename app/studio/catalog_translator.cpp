#include "app/studio/catalog_translator.h"

#include <QByteArrayView>
#include <QLocale>

namespace vidimus::studio {

using namespace Qt::StringLiterals;

bool CatalogTranslator::loadFor(const QLocale& locale)
{
    return load(locale, u"vidimus"_s, u"_"_s, u":/i18n"_s) || load(u":/i18n/vidimus_en.qm"_s);
}

QString CatalogTranslator::translate(
    const char* context, const char* source, const char* disambiguation, int count) const
{
    const QByteArrayView full(context);
    const qsizetype colons = full.lastIndexOf("::");
    return QTranslator::translate(colons < 0 ? context : context + colons + 2, source, disambiguation, count);
}

} // namespace vidimus::studio
