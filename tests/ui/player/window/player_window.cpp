// A window with a player: <catalog> <mark file> <camera> <item> <time>. Shows the item until it is ended.
// Also the decoder process: media-decoder.
#include "catalog/changes.h"
#include "control/client.h"
#include "media/playback/decoder_process.h"
#include "player/player_panel.h"

#include <QApplication>

using namespace gatehouse;

int main(int argc, char **argv)
{
    if (argc > 1 && std::string_view(argv[1]) == "media-decoder")
        return media::runDecoder();
    const QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    catalog::ReaderPool reader(arguments.value(1));
    catalog::Changes changes;
    control::Client commands{QString()}; // connected to no engine
    models::Playhead playhead;
    models::Selection selection(playhead);
    const media::PlayerOptions options{
        arguments.value(2), {QApplication::applicationFilePath(), {QStringLiteral("media-decoder")}}};
    player::PlayerPanel player({reader, changes, commands, {}, options}, playhead, selection);
    player.show();
    selection.show(CameraId{arguments.value(3).toLongLong()}, ItemId{arguments.value(4).toLongLong()},
                   arguments.value(5).toLongLong());
    return QApplication::exec();
}
