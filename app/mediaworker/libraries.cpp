#include "libraries.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <clocale>
#include <ctime>
#include <malloc.h>
#include <thread>

namespace vidimus::mediaworker {

namespace {

/// Fewer heaps: each takes 64 MiB of the address space, which is limited.
constexpr int kMaxHeaps = 2;

} // namespace

void prepareLibraries()
{
    mallopt(M_ARENA_MAX, kMaxHeaps);
    std::setlocale(LC_ALL, "C.UTF-8");
    tzset();
    std::ignore = QLocale::c().toString(0.5);
    std::ignore = QJsonDocument::fromJson("{\"a\":0.5}").toJson();
    std::thread([] { }).join(); // glibc loads libgcc and sets its thread signal up at the first one
}

} // namespace vidimus::mediaworker
