#pragma once

#include <QByteArray>
#include <QString>

/// A compiled snapshot of \a titles films "t0", "t1", …; title i is licensed by rule "r<i>" in FR on site "web" for
/// "svod" from instant i·1000 to the instant 1,000,000 (ms). \a version is the publisher's counter.
[[nodiscard]] QByteArray sampleSnapshot(int titles, quint64 version);
void writeFile(const QString& path, const QByteArray& bytes);
