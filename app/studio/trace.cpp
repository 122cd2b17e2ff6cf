#include "app/studio/trace.h"

#include "core/base/json.h"

#include <QFile>
#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace vidimus::studio {

using namespace Qt::StringLiterals;

double processAgeMilliseconds()
{
    // proc(5): field 22 of /proc/self/stat is the start in clock ticks since the boot.
    static const double kStarted = [] {
        QFile file(u"/proc/self/stat"_s);
        if (!file.open(QIODevice::ReadOnly))
            return 0.0;
        const QByteArray line = file.readAll();
        const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
        constexpr int kStartField = 22 - 3;
        return fields.size() > kStartField
            ? fields[kStartField].toDouble() * 1000.0 / static_cast<double>(sysconf(_SC_CLK_TCK))
            : 0.0;
    }();
    timespec now {};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<double>(now.tv_sec) * 1000.0 + static_cast<double>(now.tv_nsec) / 1e6 - kStarted;
}

void trace(const char* event, QJsonObject more)
{
    static const bool kWanted = qEnvironmentVariableIsSet("VIDIMUS_TRACE");
    if (!kWanted)
        return;
    more.insert(u"event"_s, QLatin1StringView(event));
    more.insert(u"ms"_s, std::round(processAgeMilliseconds() * 10) / 10);
    const QByteArray line = toJson(more) + '\n';
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
    std::fflush(stderr);
}

} // namespace vidimus::studio
