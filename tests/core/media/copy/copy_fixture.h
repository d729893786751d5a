// A folder with a recording and its copy, and what a player would see of them. Test thread.
#pragma once

#include "core/media/playback/barcode_clip.h"
#include "media/copy/copy_report.h"
#include "media/demux/decoder_file.h"
#include "media/worker/job_kind.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <vector>

namespace gatehouse::tests
{

struct Shown {
    qint64 time = 0; // microseconds
    int number = -1; // of the picture's bar code
};

struct Seen {
    std::vector<Shown> pictures;
    int width = 0;
    int height = 0;
    bool hasSound = false;

    [[nodiscard]] qint64 length() const { return pictures.empty() ? 0 : pictures.back().time; }
};

class CopyFixture
{
public:
    [[nodiscard]] QString path(const QString &name) const { return folder.filePath(name); }
    [[nodiscard]] QString copy() const { return path(QStringLiteral("cache/ab/1.mp4")); }
    [[nodiscard]] bool hasCopy() const { return QFile::exists(copy()); }
    // Nothing but the copy, if there is one.
    [[nodiscard]] bool isTidy() const
    {
        return QDir(path(QStringLiteral("cache/ab"))).entryList(QDir::Files).size() == int(hasCopy());
    }

    media::CopyReport make(const media::JobKind &kind, const QString &file, qint64 length = 0)
    {
        QFile::remove(copy());
        return media::CopyReport::fromJson(kind.run({.file = file, .output = copy(), .length = length}));
    }

    static Seen seen(const QString &file, qint64 length = 0)
    {
        Seen out;
        const auto clip = media::ClipDecoder::open(file, {}, length);
        if (!clip)
            return out;
        out.width = (*clip)->info().width;
        out.height = (*clip)->info().height;
        out.hasSound = (*clip)->info().hasSound;
        const AVFrame *last = nullptr;
        while (const auto frame = (*clip)->next()) {
            if (frame->frame.get() == last)
                break; // the sound goes on
            last = frame->frame.get();
            out.pictures.push_back({frame->time, numberOf(*frame)});
        }
        return out;
    }

    QTemporaryDir folder;
};

} // namespace gatehouse::tests
