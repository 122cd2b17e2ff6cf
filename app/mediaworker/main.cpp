// vidimus-mediaworker: the only program that opens untrusted media. Its parent starts it with one end of a socket pair
// as descriptor 3, tells it its limits, and asks for one piece of work.
#include "libraries.h"
#include "list_devices.h"
#include "sandbox.h"
#include "session.h"

#include "core/base/json.h"
#include "core/worker/child_process.h"
#include "core/worker/worker_exit.h"

#include <cstdio>
#include <exception>
#include <new>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

using namespace vidimus;
using namespace Qt::StringLiterals;
using worker::MessageType;

namespace {

struct Configuration {
    worker::WorkerLimits limits;
    bool landlock = true;
};

Result<Configuration> readConfiguration(worker::Channel& channel)
{
    const auto received = channel.receive(Milliseconds(-1));
    if (!received)
        return received.error();
    const worker::Message& message = (*received)->message;
    if (message.type != MessageType::Configure)
        return worker::protocolError(u"no configuration"_s);
    const auto object = worker::jsonPayload(message);
    if (!object)
        return object.error();
    JsonReader reader(*object);
    const auto limits = worker::workerLimitsFromJson(reader.object("limits"_L1));
    if (!limits)
        return limits.error();
    const bool landlock = reader.boolean("landlock"_L1, true);
    if (const auto done = reader.finish(); !done)
        return done.error();
    return Configuration {*limits, landlock};
}

/// An allocation that fails beyond the reach of an error value ends the process with a state that the parent knows.
void endOutOfMemory()
{
    _exit(worker::kExitOutOfMemory);
}

void endOnException()
{
    try {
        if (const auto current = std::current_exception())
            std::rethrow_exception(current);
    } catch (const std::bad_alloc&) {
        endOutOfMemory();
    } catch (...) { // falls through to the crash
    }
    std::abort();
}

int serve(worker::Channel& channel)
{
    mediaworker::prepareLibraries();
    if (!channel.send(worker::jsonMessage(MessageType::Hello, {{u"program"_s, u"vidimus-mediaworker"_s}})))
        return worker::kExitParentGone;
    const auto configuration = readConfiguration(channel);
    if (!configuration)
        return configuration.error().reason == "worker_gone" ? worker::kExitParentGone : worker::kExitProtocol;
    const auto sandbox = mediaworker::buildSandbox(configuration->limits, configuration->landlock);
    if (!sandbox) {
        std::ignore = channel.send(worker::failureMessage(sandbox.error()));
        return worker::kExitNoSandbox;
    }
    if (!channel.send(worker::jsonMessage(MessageType::Ready, worker::toJson(*sandbox))))
        return worker::kExitParentGone;

    mediaworker::Inbox inbox(channel);
    mediaworker::Session session(channel, inbox);
    worker::Received request = inbox.next();
    const mediaworker::Command command = mediaworker::commandFor(request.message.type);
    if (!command)
        return worker::kExitProtocol;
    session.send(command(session, std::move(request)));
    return EXIT_SUCCESS;
}

} // namespace

int main(int argc, char** argv)
{
    mediaworker::dieWithParent();
    if (argc == 2 && std::string_view(argv[1]) == "--devices")
        return mediaworker::listDevices();
    struct stat channelState {};
    if (fstat(worker::kWorkerSocketFd, &channelState) != 0 || !S_ISSOCK(channelState.st_mode)) {
        std::fputs("vidimus-mediaworker is started by vidimus and vidimus-studio, not by hand.\n", stderr);
        return 2;
    }
    std::set_new_handler(endOutOfMemory);
    std::set_terminate(endOnException);
    worker::Channel channel(UniqueFd(worker::kWorkerSocketFd), worker::Side::Worker);
    const int state = serve(channel);
    _exit(state); // the inbox still reads; nothing here needs a destructor
}
