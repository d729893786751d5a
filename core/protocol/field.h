// How a command or a notification is described: a struct whose static fields() lists its members once, as
// {name, member}; codec.h makes its JSON from that list.
//
//   struct SetCameraZone {
//       CameraId camera;
//       QByteArray zone;
//
//       static constexpr QLatin1String kName{"camera.zone"};
//       using Reply = Nothing;
//       static constexpr auto fields()
//       {
//           return std::tuple{field("camera", &SetCameraZone::camera), field("zone", &SetCameraZone::zone)};
//       }
//   };
//
// Values: any thread.
#pragma once

#include <QLatin1String>
#include <QtGlobal>
#include <concepts>
#include <limits>
#include <tuple>

namespace gatehouse::protocol
{

template<typename Struct, typename Value>
struct Field {
    const char *name;
    Value Struct::*member;
    bool isRequired = true; // std::optional members never are required
    qint64 min = std::numeric_limits<qint64>::min();
    qint64 max = std::numeric_limits<qint64>::max();

    // May be omitted: the member then keeps its default.
    [[nodiscard]] constexpr Field orDefault() const
    {
        Field out = *this;
        out.isRequired = false;
        return out;
    }
    // The range of a number, or of the length of a text or list, inclusive.
    [[nodiscard]] constexpr Field within(qint64 from, qint64 to) const
    {
        Field out = *this;
        out.min = from;
        out.max = to;
        return out;
    }
};

template<typename Struct, typename Value>
constexpr Field<Struct, Value> field(const char *name, Value Struct::*member)
{
    return {name, member};
}

template<typename T>
concept Record = requires
{
    T::fields();
};

template<typename T>
concept Notification = Record<T> && requires
{
    {
        T::kName
        } -> std::convertible_to<QLatin1String>;
};

template<typename T>
concept Command = Notification<T> && Record<typename T::Reply>;

// The reply of a command without results.
struct Nothing {
    static constexpr auto fields() { return std::tuple{}; }
};

} // namespace gatehouse::protocol
