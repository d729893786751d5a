#include "media/av.h"

#include <array>

namespace gatehouse::media
{

QString avErrorText(int number)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(number, text.data(), text.size());
    return QString::fromUtf8(text.data());
}

} // namespace gatehouse::media
