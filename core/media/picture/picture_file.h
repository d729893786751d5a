// Parses a still's structure before any decoder sees it: format, claimed size, EXIF, end of the first
// picture. Hostile bytes: bounded, no allocation based on claims. Any thread.
#pragma once

#include "media/picture/exif.h"

#include <QByteArrayView>
#include <QString>
#include <optional>

namespace gatehouse::media
{

enum class PictureFormat { Jpeg, Png, WebP, Gif, Bmp, Tiff, Heic, Avif };

// The format's usual name; the same in every language.
QString nameOf(PictureFormat format);

struct PictureOutline {
    PictureFormat format = PictureFormat::Jpeg;
    int width = 0; // as claimed; 0: unknown
    int height = 0;
    bool isWhole = false;       // the end marker is present
    qsizetype length = 0;       // of the first picture; what follows does not belong to it
    bool isAnimated = false;    // there are further pictures, which are not shown
    bool isUnsupported = false; // uses a coding that libav does not support
    qint64 points = 0;          // pixels to decode, if many: a progressive JPEG decodes each about ten times
    Exif exif;
};

// nullopt: not a supported still format.
std::optional<PictureFormat> pictureFormat(QByteArrayView head);
std::optional<PictureOutline> outlineOf(QByteArrayView bytes);
// The first picture of an animated WebP as a separate file; empty if the decoder finds it by itself.
QByteArray firstPictureOf(QByteArrayView bytes, const PictureOutline &outline);

} // namespace gatehouse::media
