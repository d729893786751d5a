#include "support/tiny_media.h"

#include <QtEndian>
#include <algorithm>
#include <libheif/heif.h>
#include <memory>

namespace gatehouse::tests
{

namespace
{

struct Release {
    void operator()(heif_context *p) const { heif_context_free(p); }
    void operator()(heif_encoder *p) const { heif_encoder_release(p); }
    void operator()(heif_encoding_options *p) const { heif_encoding_options_free(p); }
    void operator()(heif_image *p) const { heif_image_release(p); }
    void operator()(heif_image_handle *p) const { heif_image_handle_release(p); }
};

template<typename T>
using Held = std::unique_ptr<T, Release>;

Held<heif_image> fourFields(int width, int height)
{
    heif_image *made = nullptr;
    heif_image_create(width, height, heif_colorspace_RGB, heif_chroma_interleaved_RGB, &made);
    Held<heif_image> image(made);
    if (!image || heif_image_add_plane(made, heif_channel_interleaved, width, height, 8).code != 0)
        return {};
    int stride = 0;
    uint8_t *rows = heif_image_get_plane(made, heif_channel_interleaved, &stride);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool isRight = x >= width / 2;
            const bool isBelow = y >= height / 2;
            const bool isWhite = isRight && isBelow;
            uint8_t *point = rows + ptrdiff_t(y) * stride + ptrdiff_t(x) * 3;
            point[0] = isWhite || (!isRight && !isBelow) ? 255 : 0;
            point[1] = isWhite || (isRight && !isBelow) ? 255 : 0;
            point[2] = isBelow ? 255 : 0;
        }
    }
    return image;
}

heif_error append(heif_context *, const void *bytes, size_t count, void *out)
{
    static_cast<QByteArray *>(out)->append(static_cast<const char *>(bytes), qsizetype(count));
    return {heif_error_Ok, heif_suberror_Unspecified, ""};
}

QByteArray big(quint32 value, int width)
{
    QByteArray out(4, '\0');
    qToBigEndian(value, out.data());
    return out.last(width);
}

QByteArray box(const char *type, const QByteArray &content)
{
    return big(quint32(content.size() + 8), 4) + type + content;
}

// With its version and flags, all 0.
QByteArray fullBox(const char *type, const QByteArray &content)
{
    return box(type, QByteArray(4, '\0') + content);
}

QByteArray sizeBox(int width, int height)
{
    return fullBox("ispe", big(quint32(width), 4) + big(quint32(height), 4));
}

} // namespace

QByteArray makeHeif(const HeifRecipe &recipe)
{
    heif_init(nullptr);
    const Held<heif_context> context(heif_context_alloc());
    heif_encoder *found = nullptr;
    heif_context_get_encoder_for_format(context.get(),
                                        recipe.isAvif ? heif_compression_AV1 : heif_compression_HEVC, &found);
    const Held<heif_encoder> encoder(found);
    const Held<heif_encoding_options> options(heif_encoding_options_alloc());
    const Held<heif_image> image = fourFields(recipe.width, recipe.height);
    if (!encoder || !image)
        return {};
    if (recipe.ownTurn != 0)
        options->image_orientation = heif_orientation(recipe.ownTurn);
    heif_encoder_set_lossy_quality(encoder.get(), 80);
    heif_image_handle *encoded = nullptr;
    if (heif_context_encode_image(context.get(), image.get(), encoder.get(), options.get(), &encoded).code !=
        0)
        return {};
    const Held<heif_image_handle> handle(encoded);
    if (recipe.exifTime.isValid() || recipe.orientation != 0) {
        const QByteArray exif = exifPayload(recipe.exifTime, recipe.orientation);
        heif_context_add_exif_metadata(context.get(), encoded, exif.constData(), int(exif.size()));
    }
    QByteArray out;
    heif_writer writer{1, append};
    return heif_context_write(context.get(), &writer, &out).code == 0 ? out : QByteArray();
}

QByteArray heicOfTiles(const QByteArray &heic, int columns, int rows, int width, int height)
{
    const qsizetype configAt = heic.indexOf("hvcC") - 4;
    const qsizetype dataAt = heic.indexOf("mdat") + 4;
    const qsizetype sizeAt = heic.indexOf("ispe") - 4;
    if (configAt < 0 || dataAt < 4 || sizeAt < 0)
        return {};
    const QByteArray config = heic.mid(configAt, qFromBigEndian<quint32>(heic.constData() + configAt));
    const QByteArray tileSize = heic.mid(sizeAt, 20);
    const QByteArray tile = heic.mid(dataAt);
    const QByteArray grid = QByteArray(2, '\0') + char(rows - 1) + char(columns - 1) +
                            big(quint32(width), 2) + big(quint32(height), 2);
    QByteArray tiles;
    for (int i = 0; i < rows * columns; ++i)
        tiles += big(2, 2);
    const auto itemEntry = [](int id, const char *type) {
        return box("infe",
                   QByteArray("\2\0\0\0", 4) + big(quint32(id), 2) + QByteArray(2, '\0') + type + '\0');
    };
    const auto place = [](int id, quint32 at, qsizetype length) {
        return big(quint32(id), 2) + big(0, 2) + big(1, 2) + big(at, 4) + big(quint32(length), 4);
    };
    const auto metaWith = [&](quint32 dataBegin) {
        return fullBox(
            "meta",
            fullBox("hdlr", QByteArray(4, '\0') + "pict" + QByteArray(13, '\0')) +
                fullBox("pitm", big(1, 2)) +
                fullBox("iloc", big(0x4400, 2) + big(2, 2) + place(1, dataBegin, grid.size()) +
                                    place(2, dataBegin + quint32(grid.size()), tile.size())) +
                fullBox("iinf", big(2, 2) + itemEntry(1, "grid") + itemEntry(2, "hvc1")) +
                box("iprp", box("ipco", config + tileSize + sizeBox(width, height)) +
                                fullBox("ipma", big(2, 4) + big(1, 2) + "\1\3" + big(2, 2) + "\2\1\2")) +
                fullBox("iref", box("dimg", big(1, 2) + big(quint32(rows * columns), 2) + tiles)));
    };
    const QByteArray kind = box("ftyp", QByteArray("heic") + QByteArray(4, '\0') + "mif1heic");
    const auto begin = quint32(kind.size() + metaWith(0).size() + 8);
    return kind + metaWith(begin) + box("mdat", grid + tile);
}

} // namespace gatehouse::tests
