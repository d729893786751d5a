// The real media worker, also as one for copies; another first argument makes it behave as if a hostile file
// had taken it over.
#include "media/worker/worker_pool.h"
#include "media/worker/worker_sandbox.h"

#include <QCoreApplication>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <iostream>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace
{

std::string nextRequest()
{
    std::string line;
    std::getline(std::cin, line);
    if (line.empty())
        _exit(0); // the pool closed the pipe
    return line;
}

void answerOk(const std::string &request)
{
    const size_t at = request.find("\"number\":");
    std::cout << "{" << request.substr(at, request.find_first_of(",}", at) - at)
              << ",\"result\":{\"final\":true,\"probe\":{\"state\":\"ok\",\"kind\":\"clip\"}}}" << std::endl;
}

void reportProgress(const std::string &request, double progress)
{
    const size_t at = request.find("\"number\":");
    std::cout << "{" << request.substr(at, request.find_first_of(",}", at) - at)
              << ",\"progress\":" << progress << "}" << std::endl;
}

[[noreturn]] void misbehave(const char *how)
{
    const gatehouse::media::WorkerLimits limits{qint64(256) << 20, 1, 60'000};
    if (std::strcmp(how, "refuse") == 0)
        _exit(2);
    if (std::strcmp(how, "starve") == 0) {
        cpu_set_t first;
        CPU_ZERO(&first);
        CPU_SET(std::atoi(std::getenv("STARVED_PROCESSOR")), &first);
        ::sched_setaffinity(0, sizeof(first), &first);
    }
    if (!gatehouse::media::closeDoors(limits))
        _exit(2);
    for (;;) {
        const std::string request = nextRequest();
        // Only the request that names a bad file; others get a normal result.
        if (request.find("bad") == std::string::npos) {
            answerOk(request);
            continue;
        }
        if (std::strcmp(how, "crash") == 0)
            std::raise(SIGSEGV);
        if (std::strcmp(how, "hang") == 0)
            ::pause();
        if (std::strcmp(how, "spin") == 0) {
            gatehouse::media::armCpuLimit(1);
            volatile int spins = 0;
            while (spins >= 0)
                spins = 1 - spins;
        }
        if (std::strcmp(how, "starve") == 0) {
            const std::clock_t end = std::clock() + CLOCKS_PER_SEC / 100; // CPU time
            while (std::clock() < end) {
            }
            answerOk(request);
        }
        if (std::strcmp(how, "bomb") == 0) {
            std::vector<char *> held;
            for (;;) {
                auto *bytes = static_cast<char *>(std::malloc(16 << 20));
                if (bytes == nullptr)
                    std::abort();
                std::memset(bytes, 1, 16 << 20);
                held.push_back(bytes);
            }
        }
        if (std::strcmp(how, "progress") == 0) {
            for (int tenth = 1; tenth <= 5; ++tenth) {
                reportProgress(request, tenth / 10.0);
                ::sleep(1); // altogether longer than the test's limit
            }
            answerOk(request);
        }
        while (std::strcmp(how, "flood") == 0)
            reportProgress(request, 0.5);
        if (std::strcmp(how, "garbage") == 0)
            std::cout << std::string(1'000'000, 'x') << std::endl;
        if (std::strcmp(how, "lie") == 0)
            std::cout << "{\"number\":999999,\"result\":{\"final\":true,\"probe\":{\"state\":\"ok\"}}}"
                      << std::endl;
        // What a taken-over reader would try; the answer tells the test what it was allowed.
        if (std::strcmp(how, "escape") == 0) {
            const bool hasSocket = ::socket(AF_INET, SOCK_STREAM, 0) >= 0;
            char *const arguments[] = {const_cast<char *>("/bin/true"), nullptr};
            char *const environment[] = {nullptr};
            ::execve("/bin/true", arguments, environment); // does not return if allowed
            const size_t at = request.find("\"number\":");
            std::cout << "{" << request.substr(at, request.find_first_of(",}", at) - at)
                      << ",\"result\":{\"final\":true,\"probe\":{\"state\":\""
                      << (hasSocket ? "damaged" : "ok") << "\",\"kind\":\"clip\"}}}" << std::endl;
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    if (argc > 1 && std::strcmp(argv[1], "copies") == 0)
        return gatehouse::media::runWorker(gatehouse::media::kCopyLimits);
    if (argc > 1)
        misbehave(argv[1]);
    return gatehouse::media::runWorker({});
}
