// The JSON of the protocol's structs, generated from their field lists. Ignores unknown members; a required
// member that is missing, has the wrong type or is out of range is Invalid and named with its path. Any
// thread.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "protocol/field.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QVector>
#include <optional>
#include <type_traits>

namespace gatehouse::protocol
{

// The fault of a value, with the path to it from the value being parsed (empty: itself).
struct Mistake {
    QString path;
    bool isMissing = false;
    QString request = {}; // what to enter instead, where that is known

    [[nodiscard]] Mistake in(QLatin1String member) const;
    [[nodiscard]] Mistake at(qsizetype index) const;
    [[nodiscard]] Error toError() const;
};

// none: parsed
using Checked = std::optional<Mistake>;

// write(const T &) -> QJsonValue; read(const QJsonValue &, T &) -> Checked.
template<typename T>
struct Codec;

template<Record T>
QJsonObject toJson(const T &record);
template<Record T>
Result<T> fromJson(const QJsonObject &json);

// --- single values

// None: not a number, not an integer, or out of range.
std::optional<qint64> wholeNumber(const QJsonValue &json);

template<>
struct Codec<bool> {
    static QJsonValue write(bool value) { return value; }
    static Checked read(const QJsonValue &json, bool &out);
};

template<>
struct Codec<QString> {
    static QJsonValue write(const QString &value) { return value; }
    static Checked read(const QJsonValue &json, QString &out);
};

// Text: UTF-8.
template<>
struct Codec<QByteArray> {
    static QJsonValue write(const QByteArray &value) { return QString::fromUtf8(value); }
    static Checked read(const QJsonValue &json, QByteArray &out);
};

// Free-form: settings, whose members are known to their own module.
template<>
struct Codec<QJsonObject> {
    static QJsonValue write(const QJsonObject &value) { return value; }
    static Checked read(const QJsonValue &json, QJsonObject &out);
};

template<typename T>
concept Number = std::same_as<T, int> || std::same_as<T, qint64>;

template<Number T>
struct Codec<T> {
    static QJsonValue write(T value) { return qint64(value); }
    static Checked read(const QJsonValue &json, T &out)
    {
        const auto number = wholeNumber(json);
        if (!number || *number < std::numeric_limits<T>::min() || *number > std::numeric_limits<T>::max())
            return Mistake();
        out = T(*number);
        return {};
    }
};

template<typename Tag>
struct Codec<Id<Tag>> {
    static constexpr qint64 kMax = (qint64(1) << 53) - 1;

    static QJsonValue write(Id<Tag> id) { return id.value; }
    static Checked read(const QJsonValue &json, Id<Tag> &out)
    {
        const auto number = wholeNumber(json);
        if (!number || *number < 0 || *number > kMax)
            return Mistake();
        out = Id<Tag>{*number};
        return {};
    }
};

// Enums are encoded by name: `constexpr std::array<QLatin1String, n> namesOf(E)` next to the enum, in its
// order.
template<typename E>
requires std::is_enum_v<E>
struct Codec<E> {
    static QJsonValue write(E value) { return QString(namesOf(E()).at(std::size_t(value))); }
    static Checked read(const QJsonValue &json, E &out)
    {
        constexpr auto names = namesOf(E());
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (json.isString() && json.toString() == names[i]) {
                out = E(i);
                return {};
            }
        }
        return Mistake();
    }
};

// --- values of values

template<typename T>
struct Codec<std::optional<T>> {
    static QJsonValue write(const std::optional<T> &value)
    {
        return value ? Codec<T>::write(*value) : QJsonValue(QJsonValue::Undefined);
    }
    static Checked read(const QJsonValue &json, std::optional<T> &out)
    {
        return Codec<T>::read(json, out.emplace());
    }
};

template<typename T>
struct Codec<QVector<T>> {
    static QJsonValue write(const QVector<T> &values)
    {
        QJsonArray out;
        for (const T &value : values)
            out.append(Codec<T>::write(value));
        return out;
    }
    static Checked read(const QJsonValue &json, QVector<T> &out)
    {
        if (!json.isArray())
            return Mistake();
        const QJsonArray array = json.toArray();
        out.clear();
        out.reserve(array.size());
        for (qsizetype i = 0; i < array.size(); ++i) {
            if (const Checked mistake = Codec<T>::read(array.at(i), out.emplaceBack()))
                return mistake->at(i);
        }
        return {};
    }
};

template<typename T>
struct Codec<QMap<QString, T>> {
    static QJsonValue write(const QMap<QString, T> &values)
    {
        QJsonObject out;
        for (auto it = values.cbegin(); it != values.cend(); ++it)
            out.insert(it.key(), Codec<T>::write(it.value()));
        return out;
    }
    static Checked read(const QJsonValue &json, QMap<QString, T> &out)
    {
        if (!json.isObject())
            return Mistake();
        const QJsonObject object = json.toObject();
        out.clear();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (const Checked mistake = Codec<T>::read(it.value(), out[it.key()]))
                return mistake->in(QLatin1String(it.key().toLatin1()));
        }
        return {};
    }
};

template<Record T>
struct Codec<T> {
    static QJsonValue write(const T &record) { return toJson(record); }
    static Checked read(const QJsonValue &json, T &out);
};

// --- records

// "from 1 to 720", or the length of a text or list.
QString rangeText(qint64 min, qint64 max, bool ofNumber);

// What a field's range applies to: a number itself, the length of a text or list.
template<typename T>
constexpr std::optional<qint64> measureOf(const T &value)
{
    if constexpr (Number<T>)
        return value;
    else if constexpr (requires { value.size(); })
        return value.size();
    else if constexpr (requires { value.has_value(); })
        return value ? measureOf(*value) : std::nullopt;
    else
        return std::nullopt;
}

template<typename T>
constexpr bool isOptional = false;
template<typename T>
constexpr bool isOptional<std::optional<T>> = true;

template<Record T, typename Value>
Checked readField(const QJsonObject &json, const Field<T, Value> &field, T &out)
{
    const QLatin1String name(field.name);
    const QJsonValue value = json.value(name);
    const bool isRequired = field.isRequired && !isOptional<Value>;
    if (value.isUndefined() || (value.isNull() && !isRequired))
        return isRequired ? Checked(Mistake{name, true}) : Checked();
    Value &member = out.*field.member;
    if (const Checked mistake = Codec<Value>::read(value, member))
        return mistake->in(name);
    const std::optional<qint64> measure = measureOf(member);
    if (measure && (*measure < field.min || *measure > field.max))
        return Mistake{name, false,
                       rangeText(
                           field.min, field.max, !requires { member.size(); })};
    return {};
}

template<Record T>
Checked Codec<T>::read(const QJsonValue &json, T &out)
{
    if (!json.isObject())
        return Mistake();
    const QJsonObject object = json.toObject();
    Checked mistake;
    std::apply([&](const auto &...field) { (void)((mistake = readField(object, field, out)) || ...); },
               T::fields());
    return mistake;
}

template<Record T>
QJsonObject toJson(const T &record)
{
    QJsonObject out;
    const auto write = [&]<typename Value>(const Field<T, Value> &field) {
        const QJsonValue value = Codec<Value>::write(record.*field.member);
        if (!value.isUndefined())
            out.insert(QLatin1String(field.name), value);
    };
    std::apply([&](const auto &...field) { (write(field), ...); }, T::fields());
    return out;
}

template<Record T>
Result<T> fromJson(const QJsonObject &json)
{
    T out;
    if (const Checked mistake = Codec<T>::read(json, out))
        return tl::unexpected(mistake->toError());
    return out;
}

} // namespace gatehouse::protocol
