// Selects the role of this process: the window, the engine, a media worker, a decoder, or one command.
#include "app/cli/help.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/engine/engine_process.h"
#include "app/options.h"
#include "app/window/window_process.h"
#include "base/regional_time.h"
#include "base/version.h"
#include "media/playback/decoder_process.h"
#include "media/worker/worker_pool.h"

#include <QCoreApplication>
#include <sys/stat.h>

using namespace gatehouse;

int main(int argc, char **argv)
{
    ::umask(S_IRWXG | S_IRWXO); // evidence, logins and posters are private to this user
    QLocale::setDefault(textLocale());
    setRegion(Region::of(QLocale::system()));
    QCoreApplication::setApplicationName(QStringLiteral("gatehouse"));
    QCoreApplication::setApplicationVersion(buildVersion());
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const auto options = app::parseOptions(arguments);
    if (!options)
        return app::printError(options.error());
    switch (options->mode) {
    case app::Mode::Help:
        app::printText(app::helpText(options->subcommand));
        return 0;
    case app::Mode::Version:
        app::printLine(QStringLiteral("Gatehouse %1").arg(buildVersion()));
        return 0;
    case app::Mode::MediaWorker:
        return media::runWorker({});
    case app::Mode::MediaCopier:
        return media::runWorker(media::kCopyLimits);
    case app::Mode::MediaDecoder:
        return media::runDecoder();
    case app::Mode::Engine: {
        qputenv("QT_NO_GLIB", "1"); // GLib is not needed, and its event loop costs more per event
        QCoreApplication application(argc, argv);
        return app::runEngine(application, *options);
    }
    case app::Mode::Subcommand: {
        QCoreApplication application(argc, argv);
        return app::runSubcommand(application, *options);
    }
    case app::Mode::Window:
        return app::runWindow(argc, argv, *options);
    }
    return 1;
}
