#include "media/picture/heif_decoder.h"

#include "media/picture/picture_limits.h"

#include <algorithm>
#include <cstring>
#include <libheif/heif.h>
#if __has_include(<libheif/heif_security.h>)
#include <libheif/heif_security.h>
#endif

namespace gatehouse::media
{

namespace
{

struct HeifDelete {
    void operator()(heif_context *p) const { heif_context_free(p); }
    void operator()(heif_image_handle *p) const { heif_image_handle_release(p); }
    void operator()(heif_image *p) const { heif_image_release(p); }
    void operator()(heif_decoding_options *p) const { heif_decoding_options_free(p); }
};

template<typename T>
using Heif = std::unique_ptr<T, HeifDelete>;

void setLimits(heif_context *context)
{
    // Up to 1.18 this limits each side, in later versions its square.
    heif_context_set_maximum_image_size_limit(context, kMaxPictureSide + 1);
    heif_context_set_max_decoding_threads(context, 0); // its codecs have their own threads
#if LIBHEIF_NUMERIC_VERSION >= ((1 << 24) | (19 << 16))
    heif_security_limits *limits = heif_context_get_security_limits(context);
    limits->max_image_size_pixels = quint64(kMaxPicturePixels);
    limits->max_number_of_tiles = 4'096; // phones use about fifty
    limits->max_memory_block_size = quint64(512) << 20;
#endif
}

// Decoders read slightly past the pixels: copies them into memory that allows it.
Av<AVFrame> frameOf(const heif_image &image)
{
    constexpr int bytesOfPoint = 3;
    const int width = heif_image_get_width(&image, heif_channel_interleaved);
    const int height = heif_image_get_height(&image, heif_channel_interleaved);
    int stride = 0;
    const uint8_t *rows = heif_image_get_plane_readonly(&image, heif_channel_interleaved, &stride);
    Av<AVFrame> frame(av_frame_alloc());
    if (!frame || rows == nullptr || width <= 0 || height <= 0 || stride < width * bytesOfPoint ||
        width > kMaxPictureSide || height > kMaxPictureSide || qint64(width) * height > kMaxPicturePixels)
        return {};
    frame->width = width;
    frame->height = height;
    frame->format = AV_PIX_FMT_RGB24;
    if (av_frame_get_buffer(frame.get(), 0) < 0)
        return {};
    for (int y = 0; y < height; ++y)
        std::memcpy(frame->data[0] + qint64(y) * frame->linesize[0], rows + qint64(y) * stride,
                    size_t(width) * bytesOfPoint);
    return frame;
}

bool isUnknownKind(const heif_error &error)
{
    return error.code == heif_error_Unsupported_feature || error.code == heif_error_Unsupported_filetype;
}

} // namespace

void prepareHeif()
{
    static const bool isReady = heif_init(nullptr).code == heif_error_Ok;
    (void)isReady;
}

bool canDecodeHeif(PictureFormat format)
{
    prepareHeif();
    return heif_have_decoder_for_format(format == PictureFormat::Avif ? heif_compression_AV1
                                                                      : heif_compression_HEVC) != 0;
}

PictureDecoding decodeHeif(const QByteArray &bytes)
{
    PictureDecoding out;
    const Heif<heif_context> context(heif_context_alloc());
    const Heif<heif_decoding_options> options(heif_decoding_options_alloc());
    if (!context || !options)
        return out;
    setLimits(context.get());
    options->convert_hdr_to_8bit = 1;
    heif_error error = heif_context_read_from_memory_without_copy(context.get(), bytes.constData(),
                                                                  size_t(bytes.size()), nullptr);
    heif_image_handle *primary = nullptr;
    if (error.code == heif_error_Ok)
        error = heif_context_get_primary_image_handle(context.get(), &primary);
    const Heif<heif_image_handle> handle(primary);
    heif_image *decoded = nullptr;
    if (error.code == heif_error_Ok)
        error = heif_decode_image(handle.get(), &decoded, heif_colorspace_RGB, heif_chroma_interleaved_RGB,
                                  options.get());
    const Heif<heif_image> image(decoded);
    out.isUnsupported = isUnknownKind(error);
    if (error.code != heif_error_Ok || !image)
        return out;
    out.isFaulty = heif_image_get_decoding_warnings(image.get(), 0, nullptr, 0) > 0;
    out.frame = frameOf(*image);
    return out;
}

} // namespace gatehouse::media
