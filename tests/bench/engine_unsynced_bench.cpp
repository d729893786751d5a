// The engine with a file system that does not sync, to show what syncing costs: for the benchmark only.
//   bench_engine_unsynced --headless --data DIR --bind ADDRESS --ftp-port N
#include "app/engine/engine_process.h"
#include "app/options.h"
#include "base/posix_file_system.h"
#include "media/worker/worker_pool.h"

#include <QCoreApplication>
#include <cstdio>
#include <string_view>

using namespace gatehouse;

namespace
{

class UnsyncedFileSystem : public PosixFileSystem
{
public:
    void startWriteback(int) override {}
    Result<void> sync(int) override { return {}; }
    Result<void> syncFolder(const QString &) override { return {}; }
};

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && std::string_view(argv[1]) == "media-copier")
        return media::runWorker(media::kCopyLimits);
    if (argc > 1 && std::string_view(argv[1]) == "media-worker")
        return media::runWorker({});
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication application(argc, argv);
    const auto options = app::parseOptions(QCoreApplication::arguments().mid(1));
    if (!options) {
        std::fprintf(stderr, "%s\n", qPrintable(options.error().text));
        return 2;
    }
    if (options->mode != app::Mode::Engine) {
        std::fprintf(stderr, "It needs --headless\n");
        return 2;
    }
    UnsyncedFileSystem files;
    return app::runEngine(application, *options, &files);
}
