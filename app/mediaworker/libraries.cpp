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
/// What is larger is given back to the system when it is freed. By itself glibc raises this bound to 32 MiB, and then
/// what a pass needs for a moment stays between what it keeps.
constexpr int kOwnMapping = 512 * 1024; ///< bytes

} // namespace

void prepareLibraries()
{
    mallopt(M_ARENA_MAX, kMaxHeaps);
    mallopt(M_MMAP_THRESHOLD, kOwnMapping);
    mallopt(M_TRIM_THRESHOLD, 2 * kOwnMapping);
    std::setlocale(LC_ALL, "C.UTF-8");
    tzset();
    std::ignore = QLocale::c().toString(0.5);
    std::ignore = QJsonDocument::fromJson("{\"a\":0.5}").toJson();
    std::thread([] { }).join(); // glibc loads libgcc and sets its thread signal up at the first one
}

} // namespace vidimus::mediaworker
