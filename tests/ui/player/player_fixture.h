// A camera with clips on disk, and the player in a window, as the shell puts it together.
#pragma once

#include "catalog/operations/add_item.h"
#include "catalog/operations/archives.h"
#include "control/client.h"
#include "core/catalog/catalog_fixture.h"
#include "core/media/playback/barcode_clip.h"
#include "player/picture_view.h"
#include "player/player_panel.h"
#include "player/transport_bar.h"
#include "support/durations.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <QVBoxLayout>

namespace gatehouse::tests
{

// When the clips of most tests start, UTC milliseconds.
inline constexpr qint64 kClipStart = kTestNow - 600'000;

// What a player plays from; no window.
struct ClipsFixture {
    ClipsFixture()
    {
        QDir(fixture.folder.path()).mkpath(QStringLiteral("archive/a"));
        (void)awaited(fixture.writer->submit(catalog::SetArchive{QStringLiteral("disk"), archive()}));
        camera = fixture.addCamera(QStringLiteral("Driveway"));
        pool = std::make_unique<catalog::ReaderPool>(fixture.path());
        services = std::make_unique<models::Services>(
            models::Services{*pool,
                             fixture.writer->changes(),
                             commands,
                             {},
                             {markFile(), {QStringLiteral(TEST_WINDOW), {QStringLiteral("media-decoder")}}}});
    }

    [[nodiscard]] QString markFile() const
    {
        return fixture.folder.filePath(QStringLiteral("window.opening"));
    }
    [[nodiscard]] QString archive() const { return fixture.folder.filePath(QStringLiteral("archive")); }

    // from: a file to copy, "" for none (a file that is gone), else a made clip of `pictures` at 25 a second.
    ItemId add(Kind kind, qint64 captured, int pictures, const std::optional<QString> &from = std::nullopt,
               ItemState state = ItemState::Ok, const QString &reason = {})
    {
        catalog::NewItem item = fixture.item(camera.account, kind, captured);
        item.hint.duration = pictures * 40;
        item.state = state == ItemState::Incomplete ? state : ItemState::Unexamined;
        item.reason = reason;
        item.relativePath += QStringLiteral(".mp4");
        const QString path = archive() + QLatin1Char('/') + item.relativePath;
        if (!from)
            makeClip({.path = path, .width = 640, .height = 360, .pictures = pictures});
        else if (!from->isEmpty())
            QFile::copy(*from, path);
        const ItemId id = fixture.add(item).item;
        if (state == ItemState::Ok || state == ItemState::TooLong) {
            catalog::Examined found;
            found.item = id;
            found.state = state;
            found.duration = pictures * 40;
            (void)awaited(fixture.writer->submit(catalog::SetExamined{found}));
        }
        return id;
    }

    CatalogFixture fixture;
    control::Client commands{QString()}; // connected to no engine
    models::Playhead playhead;
    models::Selection selection{playhead};
    catalog::Camera camera;
    std::unique_ptr<catalog::ReaderPool> pool;
    std::unique_ptr<models::Services> services;
};

struct PlayerFixture : ClipsFixture {
    PlayerFixture()
    {
        column = new QVBoxLayout(&window);
        column->setContentsMargins(0, 0, 0, 0);
        makePlayer();
        window.resize(700, 480);
        window.show();
        window.activateWindow();
        (void)QTest::qWaitForWindowActive(&window, kPatience);
    }

    // As at a start of the program.
    void makePlayer()
    {
        delete bar;
        delete player;
        player = new player::PlayerPanel(*services, playhead, selection);
        bar = new player::TransportBar(*player);
        column->addWidget(player);
        column->addWidget(bar, 0, Qt::AlignCenter);
    }

    // Of the picture on show; -1: none.
    [[nodiscard]] int number() const
    {
        const auto picture = player->view().picture();
        return picture ? numberIn(*picture) : -1;
    }
    void press(Qt::Key key) { QTest::keyClick(&window, key); }

    QWidget window; // owns what follows
    QVBoxLayout *column = nullptr;
    player::PlayerPanel *player = nullptr;
    player::TransportBar *bar = nullptr;
};

} // namespace gatehouse::tests
