#include "ui/publishing/words.h"

#include <QDateTime>
#include <QLocale>

namespace vidimus::ui::publishing {

using namespace Qt::StringLiterals;

QString preciseTimeText(Instant instant)
{
    const qint64 tenths = instant.time_since_epoch().count() / 100;
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(tenths * 100, Qt::UTC);
    return time.toString(u"HH:mm:ss"_s) + QLocale().decimalPoint() + QString::number(tenths % 10) + u'Z';
}

QString shortHash(const QByteArray& sha256)
{
    const QString text = QString::fromLatin1(sha256);
    return text.size() > 12 ? text.left(4) + u'…' + text.right(4) : text;
}

QString bytesText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString percentText(double share)
{
    // Never 100 % before the end.
    const int percent = share >= 1 ? 100 : std::clamp(static_cast<int>(share * 100), 0, 99);
    return Publishing::tr("%1 %").arg(QLocale().toString(percent));
}

} // namespace vidimus::ui::publishing
