// A still's structure, read before any decoder sees it: which format, the size it claims, EXIF, where
// the first picture ends. Hostile bytes: bounded, no allocation by what they claim. Any thread.
#pragma once

#include "media/picture/exif.h"

#include <QByteArrayView>
#include <QString>
#include <optional>

namespace gatehouse::media
{

enum class PictureFormat { Jpeg, Png, WebP, Gif, Bmp, Tiff, Heic, Avif };

// As a person calls it; the same in every language.
QString nameOf(PictureFormat format);

struct PictureOutline {
    PictureFormat format = PictureFormat::Jpeg;
    int width = 0; // as claimed; 0: not said
    int height = 0;
    bool isWhole = false;       // its end mark is there
    qsizetype length = 0;       // of the first picture; what follows is not part of it
    bool isAnimated = false;    // there are more pictures than the one that is shown
    bool isUnsupported = false; // coded in a way that libav does not know
    qint64 points = 0; // to decode, where that may be many: a progressive JPEG has each about ten times
    Exif exif;
};

// nullopt: not a still that Gatehouse knows.
std::optional<PictureFormat> pictureFormat(QByteArrayView head);
std::optional<PictureOutline> outlineOf(QByteArrayView bytes);
// The first picture of an animated WebP as a file of its own; empty where the decoder finds it by itself.
QByteArray firstPictureOf(QByteArrayView bytes, const PictureOutline &outline);

} // namespace gatehouse::media
